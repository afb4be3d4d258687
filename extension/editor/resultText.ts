/** The words beside the lines of an experiment. */
import type { Cell, Measure } from './cells.ts';

const BARS = '▁▂▃▄▅▆▇█';

/** A number of a measure: `11 %`, `0.4 %`, `0.021`. */
export function numberText(value: number, { isShare }: Measure): string {
  return isShare ? `${digits(value * 100, true)} %` : digits(value, false);
}

/** Two digits are enough beside a line; a share in per cent has none behind the point from 10 on. */
function digits(value: number, isShare: boolean): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '?' : '∞';
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (isShare)
    return size >= 9.95 ? value.toFixed(0) : size >= 0.095 ? trimmed(value.toFixed(1)) : value.toPrecision(1);
  if (size >= 1000 || size < 0.001) return value.toExponential(1).replace('e+', 'e');
  return trimmed(value.toPrecision(size >= 100 ? 3 : 2));
}

const trimmed = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** `11 % ± 1`, or the range `9–30 %`. */
function valueText(low: number, high: number, deviation: number | null, measure: Measure): string {
  const first = numberText(low, measure);
  const last = numberText(high, measure);
  if (first !== last) return `${measure.isShare ? first.replace(' %', '') : first}–${last}`;
  if (deviation === null) return first;
  return `${first} ± ${deviationText(measure.isShare ? deviation * 100 : deviation, first)}`;
}

/** As many digits behind the point as the mean has, more only where nothing would be left. */
function deviationText(deviation: number, shown: string): string {
  const decimals = /^\d+(?:\.(\d+))?(?: %)?$/.exec(shown)?.[1]?.length ?? (shown.includes('e') ? null : 0);
  if (decimals === null || !Number.isFinite(deviation)) return digits(deviation, false);
  const text = deviation.toFixed(decimals);
  return Number(text) > 0 || deviation === 0 ? trimmed(text) : digits(Number(deviation.toPrecision(1)), false);
}

/** Beside the experiment: each optimizer, over all parameterizations. */
export function experimentText(cells: readonly Cell[], measure: Measure): string {
  const optimizers = [...new Set(cells.map(({ optimizer }) => optimizer))];
  if (optimizers.length === 0) return '';
  const parts = optimizers.map((optimizer) => {
    const own = cells.filter((cell) => cell.optimizer === optimizer);
    const low = Math.min(...own.map((cell) => cell.low));
    const high = Math.max(...own.map((cell) => cell.high));
    return `${optimizer} ${valueText(low, high, own.length === 1 ? own[0].deviation : null, measure)}`;
  });
  return `${parts.join(' · ')} ${measure.name}`;
}

/** Beside a parameterization: each optimizer, with its curve. */
export function parameterizationText(cells: readonly Cell[], parameterization: string, measure: Measure): string {
  const top = Math.max(...cells.flatMap(({ curve }) => curve).filter(Number.isFinite));
  return cells
    .filter((cell) => cell.parameterization === parameterization)
    .map(({ optimizer, low, high, deviation, curve }) => {
      const bars = sparkline(curve, top);
      return `${optimizer} ${valueText(low, high, deviation, measure)}${bars && ` ${bars}`}`;
    })
    .join(' · ');
}

/** A curve in characters, from 0 to `top`. */
export function sparkline(values: readonly number[], top: number): string {
  if (!(top > 0)) return '';
  return values
    .map((value) => (Number.isFinite(value) ? BARS[Math.max(0, Math.min(7, Math.round((7 * value) / top)))] : '×'))
    .join('');
}
