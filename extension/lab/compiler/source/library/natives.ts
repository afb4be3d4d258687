/** All supported built-in functions, keyed by the function itself. */
import { arrayMethods } from './arrays.ts';
import { changingMethods } from './changes.ts';
import { mathematics } from './mathematics.ts';
import type { Native } from './native.ts';
import { numbers } from './numbers.ts';
import { makeFloats, objects } from './objects.ts';
import { plainFunctions } from './plain.ts';

const typedArray = Object.getPrototypeOf(Float64Array.prototype);

/** Arrays and typed arrays have different functions with the same names. */
const methods = Object.entries({ ...arrayMethods, ...changingMethods }).flatMap(([name, native]) =>
  [Array.prototype, typedArray].flatMap((owner): [unknown, Native][] => {
    const fn = Object.hasOwn(owner, name) ? Reflect.get(owner, name) : undefined;
    return typeof fn === 'function' && native ? [[fn, native]] : [];
  }),
);

export const natives: ReadonlyMap<unknown, Native> = new Map<unknown, Native>([
  ...plainFunctions,
  ...methods,
  ...objects,
  ...numbers,
  ...mathematics,
]);

/** Supported constructors. */
export const constructors: ReadonlyMap<unknown, Native> = new Map<unknown, Native>([
  [Array, objects.get(Array) as Native],
  [Float64Array, makeFloats],
]);

/** Specific reasons why a built-in function is not supported. */
export const refusals: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [Math.random, 'It returns a different number for each call: draw outside the function, or use `init`.'],
  [Date.now, 'It returns a different number for each call: call it outside the function.'],
]);
