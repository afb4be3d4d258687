/** Texts of the ticks of an axis: all of them are written alike. */
import { integer, number, percent, superscript } from '../format.ts';

/** Powers of ten beyond these are written as powers, and then all of the axis. */
const [SMALLEST_PLAIN, LARGEST_PLAIN] = [0.01, 1000];

const signed = (text: string) => text.replace('-', '−');
const isPower = (value: number) => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9;

/** Labels of a logarithmic axis: `10⁻³ 10⁻² 10⁻¹`, or `0.1 1 10`, never both. */
export function logLabels(values: readonly number[]): string[] {
  const isWide = values.some((value) => value < SMALLEST_PLAIN * 0.999 || value > LARGEST_PLAIN * 1.001);
  if (isWide && values.every(isPower)) return values.map((value) => `10${superscript(Math.round(Math.log10(value)))}`);
  return values.map((value) => number(value));
}

/** Labels of a linear axis, with as many decimals as their distance needs: `0 0.5 1.0`. */
export function linearLabels(values: readonly number[]): string[] {
  const sizes = values.map(Math.abs);
  const largest = Math.max(0, ...sizes);
  const step = Math.min(...values.slice(1).map((value, i) => Math.abs(value - values[i]!)));
  if (!Number.isFinite(step) || step === 0) return values.map((value) => number(value));
  if (largest >= 1e5 || largest < 1e-3) {
    const exponent = Math.floor(Math.log10(largest));
    const unit = 10 ** exponent;
    const decimals = decimalsOf(step / unit);
    return values.map((value) =>
      value === 0 ? '0' : `${signed((value / unit).toFixed(decimals))}·10${superscript(exponent)}`,
    );
  }
  const decimals = decimalsOf(step);
  return values.map((value) =>
    decimals === 0 ? integer(value) : signed((Math.abs(value) < step / 1e6 ? 0 : value).toFixed(decimals)),
  );
}

/** Labels of shares, in per cent. */
export function shareLabels(values: readonly number[]): string[] {
  const step = Math.min(...values.slice(1).map((value, i) => Math.abs(value - values[i]!)));
  if (!Number.isFinite(step) || step === 0) return values.map((value) => percent(value));
  const decimals = decimalsOf(step * 100);
  return values.map((value) => `${signed((value * 100).toFixed(decimals))}\u202f%`);
}

function decimalsOf(step: number): number {
  for (let decimals = 0; decimals < 6; decimals++) {
    const scaled = step * 10 ** decimals;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) return decimals;
  }
  return 6;
}
