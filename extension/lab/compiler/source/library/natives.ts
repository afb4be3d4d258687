/** All functions of the language that can be read, by the functions themselves. */
import { arrayMethods } from './arrays.ts';
import { changingMethods } from './changes.ts';
import { mathematics } from './mathematics.ts';
import type { Native } from './native.ts';
import { numbers } from './numbers.ts';
import { makeFloats, objects } from './objects.ts';
import { plainFunctions } from './plain.ts';

const typedArray = Object.getPrototypeOf(Float64Array.prototype);

/** The methods of an array and of a typed array have the same names, and are different functions. */
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

/** What can be made with `new`. */
export const constructors: ReadonlyMap<unknown, Native> = new Map<unknown, Native>([
  [Array, objects.get(Array) as Native],
  [Float64Array, makeFloats],
]);

/** Why a function of the language cannot be read, where there is more to say than that. */
export const refusals: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [Math.random, 'It gives another number at each call: draw before the function, or use `init`.'],
  [Date.now, 'It gives another number at each call: take it before the function.'],
]);
