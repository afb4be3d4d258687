/** Texts beside the lines of an experiment. */
import {
  numberText,
  rangeText,
  type Spread,
  spreadText,
  sumOf,
  type Tally,
  tallyText,
  type Unit,
} from '../lab/results/index.ts';
import { shownName } from '../report/shownName.ts';
import type { Line, Measure } from './cells.ts';

const BARS = '▁▂▃▄▅▆▇█';

/** Beside the experiment: each optimizer's results over all parameterizations. */
export function experimentText(lines: readonly Line[], measure: Measure): string {
  const optimizers = [...new Set(lines.map(({ optimizer }) => optimizer))];
  if (optimizers.length === 0) return '';
  const parts = optimizers.map((optimizer) => {
    const own = lines.filter((line) => line.optimizer === optimizer);
    const spreads = own.flatMap((line) => line.spreads);
    return `${shownName(optimizer)} ${valueText(spreads, sumOf(own.map(({ tally }) => tally)), measure.unit)}`;
  });
  const isMeasured = lines.some(({ spreads }) => spreads.length > 0);
  return parts.join(' · ') + (isMeasured ? ` ${measure.name}${seedsText(lines)}` : '');
}

/** Beside a parameterization: each optimizer's result with a sparkline. */
export function parameterizationText(lines: readonly Line[], parameterization: string, measure: Measure): string {
  const values = lines.flatMap(({ curve }) => curve).filter(Number.isFinite);
  const top = values.reduce((most, value) => Math.max(most, value), 0);
  const own = lines.filter((line) => line.parameterization === parameterization);
  const parts = own.map(({ optimizer, spreads, tally, curve }) => {
    const bars = sparkline(curve, top);
    return `${shownName(optimizer)} ${valueText(spreads, tally, measure.unit)}${bars && ` ${bars}`}`;
  });
  return parts.join(' · ') + seedsText(own);
}

/**
 * `11 % ± 1`, or a range over several cells `9–30 %`, with the runs that did not finish: `11 % ± 1 (3 of 8 diverged)`.
 */
export function valueText(spreads: readonly Spread[], tally: Tally, unit: Unit): string {
  const lost = tallyText(tally);
  const [first] = spreads;
  if (!first) return lost || numberText(null, unit);
  const means = spreads.map(({ mean }) => mean);
  const low = means.reduce((a, b) => Math.min(a, b));
  const high = means.reduce((a, b) => Math.max(a, b));
  const value = spreads.length === 1 ? spreadText(first, unit) : rangeText(low, high, unit);
  return lost ? `${value} (${lost})` : value;
}

/** The number of seeds behind the standard deviations, if one is shown. */
function seedsText(lines: readonly Line[]): string {
  const counts = new Set(
    lines.flatMap(({ spreads: [only, ...others], tally }) =>
      only && others.length === 0 && only.deviation !== null && tallyText(tally) === '' ? [only.n] : [],
    ),
  );
  const isShown = new Set(lines.map(({ optimizer }) => optimizer)).size === lines.length;
  return counts.size > 0 && isShown ? `, n = ${[...counts].join(', ')}` : '';
}

/** A sparkline of block characters, from 0 to `top`. */
export function sparkline(values: readonly number[], top: number): string {
  if (!(top > 0)) return '';
  return values
    .map((value) => (Number.isFinite(value) ? BARS[Math.max(0, Math.min(7, Math.round((7 * value) / top)))] : '×'))
    .join('');
}
