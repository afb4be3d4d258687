/** Labels of a data file: numbers for the square loss, two classes for the logistic loss. */
import { DefinitionError } from '../../errors.ts';
import { show } from '../../options.ts';

/** A class of the user's: a text or a number. */
export type ClassName = string | number;

/** Which label is which sign; `negative` is null where all labels but the positive one are −1. */
export interface Classes {
  positive: string;
  negative: string | null;
}

/** Pairs that do not stand in their order: the second is +1. */
const unordered: [string, string][] = [['-', '+']];

/**
 * Which of two classes is +1: the one that the user says, or else the second in order, as 1 of 0 and 1, `true` of
 * `false` and `true`, and `virginica` of `setosa` and `virginica`.
 * @param what names the labels in messages
 * @throws DefinitionError where there are not two classes
 */
export function classesOf(values: readonly ClassName[], positive: ClassName | null, what: string): Classes {
  const classes = [...new Set(values.map(textOf))].sort(inOrder);
  if (positive !== null) {
    const wanted = textOf(positive);
    if (!classes.includes(wanted)) {
      throw new DefinitionError(`${what}: no label is ${show(positive)}`, { hint: `There is ${listed(classes)}.` });
    }
    const others = classes.filter((name) => name !== wanted);
    return { positive: wanted, negative: others.length === 1 ? others[0] : null };
  }
  const isSigns = classes.every((name) => name === '-1' || name === '1');
  if (isSigns) return { positive: '1', negative: '-1' };
  if (classes.every((name) => name === '0' || name === '1')) return { positive: '1', negative: '0' };
  if (classes.length !== 2) {
    const all = classes.length === 1 ? `all labels are ${listed(classes)}` : `the labels are ${listed(classes)}`;
    throw new DefinitionError(`${what}: the logistic loss needs two classes; ${all}`, {
      hint:
        classes.length === 1
          ? 'Is this the right column?'
          : `Say which class stands against all others, for example positive: ${show(values[0])}, leave the rows of the others out of the file, or use loss: 'square' for numbers.`,
    });
  }
  if (folded(classes[0]) === folded(classes[1])) {
    throw new DefinitionError(`${what}: the two labels ${listed(classes)} differ in case alone`, {
      hint: `Write them alike in the file, or say positive: ${show(classes[0])} where they are meant to differ.`,
    });
  }
  const swapped = unordered.some(([negative, one]) => classes[0] === one && classes[1] === negative);
  const [negative, one] = swapped ? [classes[1], classes[0]] : classes;
  return { positive: one, negative };
}

/**
 * ±1 for each value.
 * @param where says where the value at a position stands
 * @throws DefinitionError for a value of neither class
 */
export function signsOf(
  values: readonly ClassName[],
  { positive, negative }: Classes,
  where: (position: number) => string,
): Float64Array {
  return Float64Array.from(values, (value, i) => {
    const text = textOf(value);
    if (text === positive) return 1;
    if (negative === null || text === negative) return -1;
    throw new DefinitionError(`${where(i)} is ${show(text)}, which no training label is`, {
      hint: `The training labels are ${listed([negative, positive])}.`,
    });
  });
}

/** The classes in a header's words; null where they are ±1 by themselves. */
export function describeClasses({ positive, negative }: Classes): string | null {
  if (positive === '1' && negative === '-1') return null;
  return `labels: '${positive}' +1, ${negative === null ? 'all others' : `'${negative}'`} −1`;
}

/** One text for each class: `1`, `1.0` and `+1` are one. */
function textOf(value: ClassName): string {
  const text = String(value).trim();
  const number = text === '' ? Number.NaN : Number(text);
  if (Number.isFinite(number)) return String(number);
  const lower = text.toLowerCase();
  return lower === 'true' || lower === 'false' ? lower : text;
}

/** Numbers by size, texts by their characters. */
function inOrder(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isFinite(x) && Number.isFinite(y)) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}

const folded = (name: string) => name.replace(/\s+/g, ' ').toLowerCase();

function listed(classes: readonly string[]): string {
  const shown = classes.slice(0, 5).map((name) => `'${name}'`);
  return `${shown.join(', ')}${classes.length > 5 ? ` and ${classes.length - 5} more` : ''}`;
}
