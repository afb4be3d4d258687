/** `Object`, `Array` and `Function`: creation of arrays and objects, and listing of their properties. */
import type * as acorn from 'acorn';
import { spendEntries } from '../budget.ts';
import { lift, toKey, toPlainNumber } from '../coercion.ts';
import { strictlyEqual } from '../equality.ts';
import type { Frame } from '../frame.ts';
import { entriesOf, getProperty, iterate, ownArray, ownObject, setProperty } from '../properties.ts';
import { Choice, HOLE, OwnArray, Traced } from '../values.ts';
import type { Native, NativeCall } from './native.ts';

/** `Array(n)`, `Array(a, b)`, also with `new`. */
const makeArray: Native = ({ frame, values, written }) => {
  const [length] = values;
  if (values.length !== 1 || typeof length !== 'number') return ownArray(frame, [...values]);
  return ownArray(frame, new Array(lengthOf(frame, written(0), length)).fill(HOLE));
};

function lengthOf(frame: Frame, at: acorn.Node, value: unknown): number {
  const length = toPlainNumber(frame, at, value);
  if (!Number.isInteger(length) || length < 0) frame.fail(at, `an array cannot have ${length} entries`);
  spendEntries(frame, at, length);
  return length;
}

/** `new Float64Array(n)` or of numbers: entries are float64, as all numbers. */
export const makeFloats: Native = ({ frame, values: [source], written }) => {
  if (typeof source === 'number') return ownArray(frame, new Array(lengthOf(frame, written(0), source)).fill(0));
  return ownArray(frame, iterate(frame, written(0), source));
};

const from: Native = ({ frame, at, values: [source, fn, receiver], written }) => {
  const items = isIterable(source)
    ? iterate(frame, written(0), source)
    : Array.from({ length: lengthOf(frame, at, getProperty(frame, at, source, 'length') ?? 0) }, (_, i) =>
        getProperty(frame, at, source, String(i)),
      );
  if (fn === undefined) return ownArray(frame, items);
  return ownArray(
    frame,
    items.map((item, i) => frame.call(at, fn, receiver, [item, i])),
  );
};

function isIterable(value: unknown): boolean {
  if (value instanceof OwnArray || value instanceof Choice || typeof value === 'string') return true;
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

/** `Object.keys`, `Object.values` or `Object.entries`. */
function list(take: (entry: [string, unknown], frame: Frame) => unknown): Native {
  return ({ frame, values: [object], written }) =>
    ownArray(
      frame,
      entriesOf(frame, written(0), object).map((entry) => take(entry, frame)),
    );
}

const assign: Native = ({ frame, at, values: [target, ...sources], written }) => {
  sources.forEach((source, i) => {
    if (source === undefined || source === null) return;
    for (const [key, value] of entriesOf(frame, written(i + 1), source)) setProperty(frame, at, target, key, value);
  });
  return target;
};

const fromEntries: Native = ({ frame, at, values: [entries], written }) => {
  const pairs = iterate(frame, written(0), entries).map((entry): [string, unknown] => [
    toKey(frame, at, getProperty(frame, at, entry, '0')),
    getProperty(frame, at, entry, '1'),
  ]);
  return ownObject(frame, Object.fromEntries(pairs));
};

/** `Object.is`: as `===`, but NaN equals NaN, and 0 differs from −0. */
const is: Native = ({ frame, at, values: [a, b] }) => {
  const isOpen = [a, b].some((value) => value instanceof Traced || value instanceof Choice);
  if (!isOpen) return Object.is(a, b);
  if (typeof a !== 'number' && typeof b !== 'number') return strictlyEqual(frame, at, a, b);
  return frame.fail(at, '`Object.is` does not support numbers that depend on the parameters', 'Use `===`.');
};

const hasOwn = ({ frame, at }: NativeCall, object: unknown, key: unknown) =>
  entriesOf(frame, at, object).some(([name]) => name === toKey(frame, at, key));

const apply: Native = ({ frame, at, receiver, values: [self, list] }) =>
  frame.call(at, receiver, self, list === undefined || list === null ? [] : iterate(frame, at, list));

export const objects: ReadonlyMap<unknown, Native> = new Map<unknown, Native>([
  [Array, makeArray],
  [Array.from, from],
  [Array.of, ({ frame, values }) => ownArray(frame, [...values])],
  [
    Array.isArray,
    ({ frame, values: [value] }) => lift(frame, value, (one) => one instanceof OwnArray || Array.isArray(one)),
  ],
  [Object.keys, list(([key]) => key)],
  [Object.values, list(([, value]) => value)],
  [Object.entries, list((entry, frame) => ownArray(frame, entry))],
  [Object.assign, assign],
  [Object.fromEntries, fromEntries],
  // Only the function itself could modify it, so freezing has no effect.
  [Object.freeze, ({ values: [value] }) => value],
  [Object.is, is],
  [Object.hasOwn, (call) => hasOwn(call, call.values[0], call.values[1])],
  [Object.prototype.hasOwnProperty, (call) => hasOwn(call, call.receiver, call.values[0])],
  [Function.prototype.call, ({ frame, at, receiver, values: [self, ...rest] }) => frame.call(at, receiver, self, rest)],
  [Function.prototype.apply, apply],
]);
