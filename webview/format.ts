import { type Spread, spreadText, type Unit } from '../extension/lab/results/index.ts';

/** Narrow no-break space: between a number and its unit, and between thousands. */
const thinSpace = '\u202f';
const missing = '–';

type Maybe = number | null | undefined;
const known = (value: Maybe): value is number => value !== null && value !== undefined && Number.isFinite(value);
const signed = (text: string) => text.replace(/^-/, '−');

/** An integer in superscript digits, for powers of ten. */
export function superscript(value: number): string {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  return String(value).replace(/./g, (character) => (character === '-' ? '⁻' : digits[Number(character)]));
}

/** An integer with thousands separators: `1 240`. */
export function integer(value: Maybe): string {
  if (!known(value)) return missing;
  return signed(String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, thinSpace));
}

/** A number to a few significant digits: `0.0412`, `1 240`, `3.2·10⁻⁷`. */
export function number(value: Maybe, digits = 3): string {
  if (!known(value)) return missing;
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1e6 || size < 1e-3) {
    const [mantissa, exponent] = value.toExponential(Math.max(0, digits - 2)).split('e');
    const factor = Number(mantissa) === 1 ? '' : `${signed(String(Number(mantissa)))}·`;
    return `${factor}10${superscript(Number(exponent))}`;
  }
  if (size >= 1000) return integer(value);
  return signed(String(Number(value.toPrecision(digits))));
}

/** A label of a logarithmic axis: large and small powers of ten as powers, others as numbers. */
export function power(value: number): string {
  const exponent = Math.round(Math.log10(value));
  const whole = Math.abs(value / 10 ** exponent - 1) < 1e-9;
  return whole && Math.abs(exponent) > 2 ? `10${superscript(exponent)}` : number(value);
}

/** A share in per cent, without the sign: integers from 10 on, one decimal below. */
function hundredths(share: number): string {
  const percent = share * 100;
  const rounded = Math.abs(percent) >= 9.95 ? Math.round(percent) : Math.round(percent * 10) / 10;
  return signed(String(rounded));
}

/** A share as a percentage: `11 %`, `0.5 %`. */
export function percent(share: Maybe): string {
  return known(share) ? `${hundredths(share)}${thinSpace}%` : missing;
}

/** How an experiment's error is written: as a share of examples or a root mean square. */
export type ErrorName = 'error rate' | 'RMSE';

/** An error in its own unit. */
export function error(value: Maybe, name: ErrorName): string {
  return name === 'error rate' ? percent(value) : number(value);
}

/** The unit of an error in the model of results. */
export const unitOfError = (name: ErrorName): Unit => (name === 'error rate' ? 'share' : 'number');

/** Mean and spread of an error over seeds: `11 % ± 1`, `0.31 ± 0.02`. */
export function errorSpread(spread: Spread | null, name: ErrorName): string {
  return typeset(spreadText(spread, unitOfError(name)));
}

/** Numbers in a text, typeset: `3.2·10⁻⁷`, `−1`, a narrow space before %. */
export function typeset(text: string): string {
  return text
    .replace(/(\d(?:\.\d+)?)e(-?\d+)/g, (_, mantissa: string, exponent: string) => {
      const factor = Number(mantissa) === 1 ? '' : `${Number(mantissa)}·`;
      return `${factor}10${superscript(Number(exponent))}`;
    })
    .replace(/-(?=\d)/g, '−')
    .replaceAll(' %', `${thinSpace}%`);
}

/** A duration: `0.4 s`, `12 s`, `3 min 5 s`. */
export function duration(seconds: Maybe): string {
  if (!known(seconds)) return missing;
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))}${thinSpace}s`;
  if (seconds < 60) return `${Math.min(59, Math.round(seconds))}${thinSpace}s`;
  const whole = Math.round(seconds);
  const rest = whole % 60;
  return `${Math.floor(whole / 60)}${thinSpace}min${rest ? ` ${rest}${thinSpace}s` : ''}`;
}

/** How long ago something was: `just now`, `2 min ago`, `3 h ago`, `4 days ago`. */
export function ago(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes}${thinSpace}min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}${thinSpace}h ago`;
  const days = Math.floor(hours / 24);
  return `${days} day${days === 1 ? '' : 's'} ago`;
}

/** A count with its noun: `1 seed`, `8 seeds`. */
export function count(value: number, noun: string): string {
  return `${integer(value)} ${noun}${value === 1 ? '' : 's'}`;
}
