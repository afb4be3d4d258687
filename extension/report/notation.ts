/** Writes numbers as one before them is written: decimal or with an exponent, with its decimals and separators. */

interface Notation {
  /** Digits after the point. */
  decimals: number;
  /** Digits without leading zeros. */
  significant: number;
  /** `e` or `E`; null for a number without exponent. */
  exponent: string | null;
  hasSeparators: boolean;
  /** Whether it begins with the point. */
  isBare: boolean;
}

/** Fewest significant digits of a number that is not whole. */
const PRECISION = 2;
const MOST_DECIMALS = 20;

function notationOf(like: string): Notation {
  const [mantissa = '', exponent] = like.replace(/^[-+\s]+/, '').split(/(?=[eE])/);
  const digits = mantissa.replaceAll('_', '');
  return {
    decimals: digits.split('.')[1]?.length ?? 0,
    significant: digits.replace('.', '').replace(/^0+/, '').length,
    exponent: exponent ? exponent.charAt(0) : null,
    hasSeparators: mantissa.includes('_'),
    isBare: mantissa.startsWith('.'),
  };
}

/** A number, rounded to what its notation shows: `0.0523` like `0.05` is `0.052`. */
export function writtenLike(value: number, like: string, isWhole: boolean): string {
  const notation = notationOf(like);
  if (value === 0) return '0';
  const precision = Math.max(PRECISION, notation.significant);
  if (notation.exponent !== null) return exponential(value, Math.max(notation.decimals, precision - 1), notation);
  if (isWhole) return fixed(Math.round(value), 0, notation);
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  return fixed(value, Math.max(notation.decimals, precision - 1 - magnitude), notation);
}

/**
 * The next number of a notation, one unit of its last digit further; finer where that would reach 0.
 * @param direction 1 or -1
 */
export function nudged(
  like: string,
  direction: 1 | -1,
  { isWhole, least }: { isWhole: boolean; least: number },
): string {
  const value = Number(like.replaceAll('_', ''));
  const notation = notationOf(like);
  if (isWhole) return fixed(Math.max(least, Math.round(value) + direction), 0, notation);
  const power = notation.exponent === null ? 0 : Number(like.split(/[eE]/)[1]);
  for (let decimals = notation.decimals; ; decimals++) {
    const unit = 10 ** decimals;
    const mantissa = Number((Math.round((value / 10 ** power) * unit) + direction).toFixed(0)) / unit;
    // Towards 0 the digits become finer, so that a number above 0 stays there.
    if (mantissa === 0 && value !== 0 && least >= 0 && direction < 0) continue;
    const wanted = { ...notation, decimals };
    if (notation.exponent === null) return fixed(mantissa, decimals, wanted);
    return exponential(Number(`${mantissa}e${power}`), decimals, wanted);
  }
}

function fixed(value: number, decimals: number, { decimals: least, hasSeparators, isBare }: Notation): string {
  const text = trimmed(value.toFixed(Math.max(0, Math.min(MOST_DECIMALS, decimals))), least);
  const [whole = '', fraction] = text.split('.');
  const grouped = hasSeparators ? whole.replace(/\B(?=(\d{3})+$)/g, '_') : whole;
  const all = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return isBare ? all.replace(/^(-?)0\./, '$1.') : all;
}

function exponential(value: number, decimals: number, { decimals: least, exponent }: Notation): string {
  const [mantissa = '', power = ''] = value.toExponential(Math.min(MOST_DECIMALS, decimals)).split('e');
  return `${trimmed(mantissa, least)}${exponent}${power.replace('+', '')}`;
}

/** Without the zeros at the end, down to some decimals. */
function trimmed(text: string, decimals: number): string {
  const [whole = '', fraction = ''] = text.split('.');
  let end = fraction.length;
  while (end > decimals && fraction[end - 1] === '0') end--;
  return end > 0 ? `${whole}.${fraction.slice(0, end)}` : whole;
}
