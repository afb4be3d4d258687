/** Formats numbers and spreads with an appropriate number of digits. */
import type { Spread } from './spread.ts';

/** `share`: shown in per cent; `angle`: in radians, shown in degrees. */
export type Unit = 'share' | 'number' | 'angle';

const missing = '–';
const scales: Record<Unit, number> = { share: 100, number: 1, angle: 180 / Math.PI };
const signs: Record<Unit, string> = { share: ' %', number: '', angle: '°' };

/** A number: `11 %`, `0.4 %`, `0.021`, `1.2e-7`, `30.0°`; a dash for null. */
export function numberText(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined || Number.isNaN(value)) return missing;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  return `${digits(value * scales[unit], unit)}${signs[unit]}`;
}

/**
 * Mean ± sample standard deviation: `11 % ± 1`, `0.31 ± 0.02`, with as many decimals as the deviation justifies. A
 * single value has no deviation. The caller states the number of values.
 */
export function spreadText(spread: Spread | null, unit: Unit): string {
  if (!spread) return missing;
  if (spread.deviation === null) return numberText(spread.mean, unit);
  const mean = spread.mean * scales[unit];
  const deviation = spread.deviation * scales[unit];
  if (deviation === 0) return `${numberText(spread.mean, unit)} ± 0`;
  const decimals = decimalsOf(mean, deviation, unit);
  if (decimals === null) return `${digits(mean, unit)}${signs[unit]} ± ${digits(deviation, 'number')}`;
  return `${mean.toFixed(decimals)}${signs[unit]} ± ${deviation.toFixed(decimals)}`;
}

/** A range: `9–30 %`; a single number if both ends are formatted alike. */
export function rangeText(low: number, high: number, unit: Unit): string {
  const [first, last] = [numberText(low, unit), numberText(high, unit)];
  const sign = signs[unit];
  return first === last ? first : `${sign ? first.replace(sign, '') : first}–${last}`;
}

/** Two significant digits; percentages of 10 and more have no decimals. */
function digits(value: number, unit: Unit): string {
  const size = Math.abs(value);
  if (unit === 'angle') return value.toFixed(1);
  if (size === 0) return '0';
  if (unit === 'share') {
    if (size >= 9.95) return value.toFixed(0);
    if (size >= 0.095) return trimmed(value.toFixed(1));
    return size >= 1e-4 ? value.toPrecision(1) : exponential(value);
  }
  return size >= 1000 || size < 0.001 ? exponential(value) : trimmed(value.toPrecision(size >= 100 ? 3 : 2));
}

/**
 * Number of decimals that shows the deviation to one significant digit, to two if it begins with 1 or 2; null if
 * exponential notation is shorter.
 */
function decimalsOf(mean: number, deviation: number, unit: Unit): number | null {
  if (unit === 'angle') return 1;
  const exponent = Math.floor(Math.log10(deviation));
  if (unit === 'share') {
    const decimals = Math.max(0, -exponent, Math.abs(mean) < 9.95 ? 1 : 0);
    return decimals > 3 ? null : decimals;
  }
  const decimals = Math.max(0, (deviation / 10 ** exponent < 3 ? 1 : 0) - exponent);
  const isSmall = Math.max(Math.abs(mean), deviation) < 0.001;
  return decimals > 5 || isSmall || Math.abs(mean) >= 1e6 || deviation >= 1e6 ? null : decimals;
}

const exponential = (value: number) => value.toExponential(1).replace('e+', 'e');

const trimmed = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
