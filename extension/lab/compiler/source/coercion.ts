/** JavaScript's conversions to numbers and booleans, for plain and traced values. */
import type * as acorn from 'acorn';
import { choose } from './branches.ts';
import { COMPOUND, nestedHere } from './budget.ts';
import type { Frame } from './frame.ts';
import { traced } from './tracedValues.ts';
import { Choice, Closure, describeValue, Getter, OwnArray, OwnObject, Traced } from './values.ts';

/** Applies `use` to a value, or to both alternatives of a choice. */
export function lift(frame: Frame, value: unknown, use: (value: unknown) => unknown): unknown {
  if (!(value instanceof Choice)) return use(value);
  return nestedHere(frame, COMPOUND, () =>
    choose(
      frame,
      value.test,
      () => lift(frame, value.yes, use),
      () => lift(frame, value.no, use),
    ),
  );
}

/** A plain JavaScript value. */
export type Plain = string | number | boolean | null | undefined;

export function isPrimitive(value: unknown): value is Plain {
  return value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value);
}

/** Whether a value is an object or a function, captured or created in the function. */
export function isObject(value: unknown): boolean {
  return !isPrimitive(value) && !(value instanceof Traced) && !(value instanceof Choice) && typeof value !== 'bigint';
}

/** ToNumber. Rejects values that are not numeric, including `undefined`, which would become NaN. */
export function toNumber(frame: Frame, at: acorn.Node, value: unknown): number | Traced {
  if (typeof value === 'number') return value;
  if (value instanceof Traced) return value.kind === 'number' ? value : new Traced(value.id);
  if (typeof value === 'boolean' || value === null || typeof value === 'string') return Number(value);
  if (value instanceof Choice) return lift(frame, value, (one) => toNumber(frame, at, one)) as number | Traced;
  if (value === undefined) return failMissing(frame, at, 'this has no value');
  if (typeof value === 'bigint') return frame.fail(at, 'only numbers can be used in arithmetic');
  return frame.fail(at, `one side is ${describeValue(value)}, not a number`);
}

/** Reports an `undefined` value; if it results from an unknown name, reports that name. */
export function failMissing(frame: Frame, at: acorn.Node, message: string): never {
  const known = frame.reading.missing.get(at);
  if (known) return frame.fail(known.at, known.message, known.hint, known.instead);
  return frame.fail(at, message, 'Is a name misspelled, or a parameter missing?');
}

/** ToBoolean: 0, −0 and NaN are false. */
export function truth(frame: Frame, at: acorn.Node, value: unknown): boolean | Traced {
  if (value instanceof Traced) {
    if (value.kind === 'boolean') return value;
    return traced(frame, at, (g) => g.binary('greater', g.unary('abs', value.id), g.scalar(0)), 'boolean');
  }
  if (value instanceof Choice) return lift(frame, value, (one) => truth(frame, at, one)) as boolean | Traced;
  return Boolean(value);
}

export function not(frame: Frame, at: acorn.Node, value: unknown): boolean | Traced {
  const holds = truth(frame, at, value);
  return holds instanceof Traced ? traced(frame, at, (g) => g.unary('not', holds.id), 'boolean') : !holds;
}

/** A property key; an index cannot depend on the parameters. */
export function toKey(frame: Frame, at: acorn.Node, value: unknown): string {
  const one = value instanceof Choice ? lift(frame, value, (x) => x) : value;
  if (one instanceof Traced || one instanceof Choice)
    return frame.fail(at, 'an index cannot depend on the parameters', 'Choose between values with `?:`.');
  if (typeof one === 'symbol') return frame.fail(at, 'symbols are not supported');
  if (isObject(one)) return frame.fail(at, `this is ${describeValue(one)}, not an index`);
  return String(one);
}

/** A number that does not depend on the parameters: a length, an index, a bound. */
export function toPlainNumber(frame: Frame, at: acorn.Node, value: unknown): number {
  const number = toNumber(frame, at, value);
  if (number instanceof Traced) return frame.fail(at, 'this number cannot depend on the parameters');
  return number;
}

/** A string that does not depend on the parameters. */
export function toText(frame: Frame, at: acorn.Node, value: unknown): string {
  if (isPrimitive(value)) return String(value);
  if (value instanceof Traced || value instanceof Choice)
    return frame.fail(at, 'a string cannot depend on the parameters');
  return frame.fail(at, `this is ${describeValue(value)}, not a string`);
}

/** The result of `typeof`. */
export function typeOf(value: unknown): string {
  if (value instanceof Traced) return value.kind;
  if (value instanceof Closure) return 'function';
  if (value instanceof OwnArray || value instanceof OwnObject || value instanceof Getter) return 'object';
  return typeof value;
}
