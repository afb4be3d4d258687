/** Labels of a data file: numbers for the square loss, two classes for the logistic loss. */
import { DefinitionError } from '../../errors.ts';
import { show } from '../../options.ts';

/** A class of the user's: a text or a number. */
export type ClassName = string | number;

/** Names that are classes by themselves: the second is +1. */
const usual: [string, string][] = [
  ['-1', '1'],
  ['0', '1'],
  ['false', 'true'],
];

/**
 * ±1 for each value.
 * @param positive the class that is +1; without it the classes must be −1 and 1, 0 and 1, or false and true
 * @param what names the labels in messages
 */
export function classLabels(values: readonly ClassName[], positive: ClassName | null, what: string): Float64Array {
  const texts = values.map(textOf);
  const classes = [...new Set(texts)].sort();
  if (positive !== null) {
    const wanted = textOf(positive);
    if (!classes.includes(wanted)) {
      throw new DefinitionError(`${what}: no label is ${show(positive)}`, { hint: `There is ${listed(classes)}.` });
    }
    return Float64Array.from(texts, (text) => (text === wanted ? 1 : -1));
  }
  const pair = usual.find((names) => classes.every((name) => names.includes(name)));
  if (!pair) {
    throw new DefinitionError(`${what}: the logistic loss needs two classes; the labels are ${listed(classes)}`, {
      hint: `Say which of them is positive, for example positive: ${show(values[0])}, or use loss: 'square'.`,
    });
  }
  return Float64Array.from(texts, (text) => (text === pair[1] ? 1 : -1));
}

/** One text for each class: `1`, `1.0` and `+1` are one. */
function textOf(value: ClassName): string {
  const text = String(value).trim();
  const number = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(number)
    ? String(number)
    : text.toLowerCase() === 'true'
      ? 'true'
      : text.toLowerCase() === 'false'
        ? 'false'
        : text;
}

function listed(classes: readonly string[]): string {
  const shown = classes.slice(0, 5).map((name) => `'${name}'`);
  return `${shown.join(', ')}${classes.length > 5 ? ` and ${classes.length - 5} more` : ''}`;
}
