/** Numbers, indices and exponents in Unicode. */

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  ...{ '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹' },
  '-': '⁻',
};

/** Digits that are shown of a number. */
const DIGITS = 6;

/** A number with a proper minus sign. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : Number.isNaN(value) ? 'NaN' : '−∞';
  return String(Number(value.toPrecision(DIGITS))).replace('-', '−');
}

/** A base with an exponent: `u²`, `u⁻¹`, `u^0.5`. */
export function raised(base: string, exponent: number): string {
  if (exponent === 1) return base;
  if (!Number.isInteger(exponent)) return `${base}^${numberText(exponent)}`;
  const power = [...String(exponent)].map((digit) => SUPERSCRIPTS[digit] ?? digit).join('');
  // Behind an exponent, another one would be read as a part of it.
  return /[⁰¹²³⁴⁵⁶⁷⁸⁹]$/.test(base) ? `(${base})${power}` : `${base}${power}`;
}

/** A name with the digits at its end as an index: `W₁`. */
export function subscripted(name: string): string {
  return name.replace(/\d+$/, (digits) =>
    [...digits].map((digit) => String.fromCodePoint('₀'.codePointAt(0)! + Number(digit))).join(''),
  );
}
