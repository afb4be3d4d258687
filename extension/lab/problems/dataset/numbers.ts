/** Parses numbers in table cells. */
import { DefinitionError } from '../../errors.ts';
import { quoted } from '../../fixes.ts';

/** The decimal separator. */
export type DecimalMark = '.' | ',';

const withPoint = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const withComma = /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i;
const grouped = /^[+-]?\d{1,3}([., '\u00a0\u202f]\d{3})+([.,]\d+)?$/;
const missing = /^(na|n\/a|nan|null|\?)?$/i;

/** Whether a cell is a missing value. */
export const isMissing = (cell: string): boolean => missing.test(cell.trim());

/** The number in a cell; NaN for anything else. */
export function numberOf(cell: string, decimal: DecimalMark): number {
  const text = cell.trim();
  if (!(decimal === ',' ? withComma : withPoint).test(text)) return Number.NaN;
  return Number(decimal === ',' ? text.replace(',', '.') : text);
}

/** Whether a cell is a number with either decimal separator. */
export const isNumeric = (cell: string): boolean => withPoint.test(cell.trim()) || withComma.test(cell.trim());

/**
 * @param where describes the location of the cell
 * @param guess mentions the delimiter, if it was detected
 * @throws DefinitionError for text that is not a finite number
 */
export function readNumber(cell: string, where: string, decimal: DecimalMark, guess = ''): number {
  const value = numberOf(cell, decimal);
  if (Number.isFinite(value)) return value;
  const text = cell.trim();
  const what = text === '' ? 'the cell is empty' : `'${text}' is not a finite number`;
  throw new DefinitionError(`${where}: ${what}${guess}`, {
    hint: hintFor(text, decimal),
    fixes: isOtherwise(text, decimal) ? [{ type: 'set', path: ['decimal'], value: quoted(otherMark(decimal)) }] : [],
  });
}

const otherMark = (decimal: DecimalMark): DecimalMark => (decimal === '.' ? ',' : '.');

/** Whether a text is a number with the other decimal separator. */
const isOtherwise = (text: string, decimal: DecimalMark) => Number.isFinite(numberOf(text, otherMark(decimal)));

function hintFor(text: string, decimal: DecimalMark): string {
  const isOther = isOtherwise(text, decimal);
  if (isOther && decimal === '.') {
    return "If this is a decimal comma, set decimal: ','; remove thousands separators from the file.";
  }
  if (isOther) return `The table is read with decimal: ','; this number has a decimal point.`;
  if (grouped.test(text)) return 'Remove thousands separators from the file.';
  return 'Exclude the column with `columns`, remove the row, or map the values to numbers in the file.';
}
