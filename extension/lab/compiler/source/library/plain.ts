/** Pure, deterministic built-in functions, which are called directly on values that do not depend on the parameters. */
import { isPrimitive } from '../coercion.ts';
import { entriesOf, itemsOf, ownArray, unhole } from '../properties.ts';
import { OwnArray, OwnObject } from '../values.ts';
import type { Native, NativeCall } from './native.ts';

type AnyFunction = (...values: unknown[]) => unknown;

const texts = Object.getOwnPropertyNames(String.prototype)
  .filter((name) => !['constructor', 'replace', 'replaceAll', 'matchAll', 'length'].includes(name))
  .map((name): unknown => Reflect.get(String.prototype, name));

const callable: unknown[] = [
  ...texts,
  Number.prototype.toFixed,
  Number.prototype.toPrecision,
  Number.prototype.toExponential,
  Number.prototype.toString,
  Number.prototype.valueOf,
  Boolean.prototype.valueOf,
  Boolean.prototype.toString,
  Number.isSafeInteger,
  Math.clz32,
  Math.fround,
  Math.imul,
  String.fromCharCode,
  JSON.stringify,
  Map.prototype.get,
  Map.prototype.has,
  Set.prototype.has,
];

const call: (fn: AnyFunction) => Native = (fn) => (native) => {
  const values = native.values.map((value) => toPlain(native, fn, value));
  const result = Reflect.apply(fn, native.receiver, values);
  return Array.isArray(result) ? ownArray(native.frame, result) : result;
};

/** Converts an argument for the built-in function. */
function toPlain(native: NativeCall, fn: AnyFunction, value: unknown): unknown {
  const { frame, at } = native;
  if (isPrimitive(value)) return value;
  if (value instanceof OwnArray) return itemsOf(frame, at, value).map((item) => toPlain(native, fn, unhole(item)));
  if (value instanceof OwnObject)
    return Object.fromEntries(entriesOf(frame, at, value).map(([key, item]) => [key, toPlain(native, fn, item)]));
  const isKey = fn === Map.prototype.get || fn === Map.prototype.has || fn === Set.prototype.has;
  if (isKey && typeof value === 'object' && value !== null && Object.getPrototypeOf(value) !== null) return value;
  return frame.fail(at, `a call of ${fn.name} cannot be differentiated`);
}

export const plainFunctions: ReadonlyMap<unknown, Native> = new Map(
  callable.filter((fn): fn is AnyFunction => typeof fn === 'function').map((fn) => [fn, call(fn)]),
);
