/** Numbers as they stand in the cells of a table. */
import { DefinitionError } from '../../errors.ts';

/** What stands between the whole part of a number and its fraction. */
export type DecimalMark = '.' | ',';

const withPoint = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const withComma = /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i;
const grouped = /^[+-]?\d{1,3}([., '\u00a0\u202f]\d{3})+([.,]\d+)?$/;
const missing = /^(na|n\/a|nan|null|\?)?$/i;

/** Whether a cell stands for a number that is not there. */
export const isMissing = (cell: string): boolean => missing.test(cell.trim());

/** The number in a cell; NaN where there is none. */
export function numberOf(cell: string, decimal: DecimalMark): number {
  const text = cell.trim();
  if (!(decimal === ',' ? withComma : withPoint).test(text)) return Number.NaN;
  return Number(decimal === ',' ? text.replace(',', '.') : text);
}

/** Whether a cell is a number under either mark. */
export const isNumeric = (cell: string): boolean => withPoint.test(cell.trim()) || withComma.test(cell.trim());

/**
 * @param where says where the cell stands
 * @param guess says how the table was cut, where that was found out
 * @throws DefinitionError for a text that is no finite number
 */
export function readNumber(cell: string, where: string, decimal: DecimalMark, guess = ''): number {
  const value = numberOf(cell, decimal);
  if (Number.isFinite(value)) return value;
  const text = cell.trim();
  const what = text === '' ? 'the cell is empty' : `'${text}' is not a finite number`;
  throw new DefinitionError(`${where}: ${what}${guess}`, {
    hint: hintFor(text, decimal),
  });
}

function hintFor(text: string, decimal: DecimalMark): string {
  const other: DecimalMark = decimal === '.' ? ',' : '.';
  const isOther = Number.isFinite(numberOf(text, other));
  if (isOther && decimal === '.') {
    return "If this is a decimal comma, give decimal: ','; a comma between thousands is to be removed from the file.";
  }
  if (isOther) return `The table is read with decimal: ','; this number has a decimal point.`;
  if (grouped.test(text)) return 'Marks between thousands are to be removed from the file.';
  return 'Leave the column out with `columns`, leave the row out, or map it to numbers in the file.';
}
