/** Labels of a data file: numbers for the square loss, two classes for the logistic loss. */
import { DefinitionError } from '../../errors.ts';
import { type Fix, quoted } from '../../fixes.ts';
import { show } from '../../options.ts';

/** A class label: a string or a number. */
export type ClassName = string | number;

/** The mapping of labels to signs; `negative` is null if all labels except the positive one are −1. */
export interface Classes {
  positive: string;
  negative: string | null;
}

/** Classes that are offered where none is chosen. */
const MOST_FIXES = 5;

const setPositive = (name: string): Fix => ({ type: 'set', path: ['positive'], value: quoted(name) });

/** Pairs whose sorted order is not the natural one: the second is +1. */
const unordered: [string, string][] = [['-', '+']];

/**
 * Chooses the positive class: the user's choice, or the second one in sorted order: 1 of 0 and 1, `true` of `false` and
 * `true`, `virginica` of `setosa` and `virginica`.
 * @param what names the labels in messages
 * @throws DefinitionError unless there are two classes
 */
export function classesOf(values: readonly ClassName[], positive: ClassName | null, what: string): Classes {
  const classes = [...new Set(values.map(textOf))].sort(inOrder);
  if (positive !== null) {
    const wanted = textOf(positive);
    if (!classes.includes(wanted)) {
      throw new DefinitionError(`${what}: no label is ${show(positive)}`, {
        hint: `Available: ${listed(classes)}.`,
        fixes: classes.slice(0, MOST_FIXES).map(setPositive),
      });
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
          : `Choose the class to separate from all others, for example positive: ${show(values[0])}, remove the rows of other classes from the file, or use loss: 'square' for numbers.`,
      fixes: classes.length === 1 ? [] : classes.slice(0, MOST_FIXES).map(setPositive),
    });
  }
  if (folded(classes[0]) === folded(classes[1])) {
    throw new DefinitionError(`${what}: the two labels ${listed(classes)} differ only in case`, {
      hint: `Use the same spelling in the file, or set positive: ${show(classes[0])} if they are different classes.`,
      fixes: classes.map(setPositive),
    });
  }
  const swapped = unordered.some(([negative, one]) => classes[0] === one && classes[1] === negative);
  const [negative, one] = swapped ? [classes[1], classes[0]] : classes;
  return { positive: one, negative };
}

/**
 * ±1 for each value.
 * @param where describes the location of a value
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
    throw new DefinitionError(`${where(i)} is ${show(text)}, which is not a training label`, {
      hint: `The training labels are ${listed([negative, positive])}.`,
    });
  });
}

/** Describes the classes; null if the labels are ±1. */
export function describeClasses({ positive, negative }: Classes): string | null {
  if (positive === '1' && negative === '-1') return null;
  return `labels: '${positive}' +1, ${negative === null ? 'all others' : `'${negative}'`} −1`;
}

/** The canonical text of a class: `1`, `1.0` and `+1` are the same class. */
function textOf(value: ClassName): string {
  const text = String(value).trim();
  const number = text === '' ? Number.NaN : Number(text);
  if (Number.isFinite(number)) return String(number);
  const lower = text.toLowerCase();
  return lower === 'true' || lower === 'false' ? lower : text;
}

/** Numbers by value, strings lexicographically. */
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
