/** Where parameters of the predictor's shape start. */
import { type Shape, showShape } from '../compiler/shape.ts';
import { DefinitionError } from '../errors.ts';
import { isArrayLike, readMatrix, readVector, show } from '../options.ts';

/** A number for all entries, one number for each, or rows of a matrix. */
export type Start = number | readonly number[] | readonly (readonly number[])[];

/** Checks a start; what comes back fills a given shape with it. */
export function readStart(value: unknown, what: string): (size: number, shape: Shape) => Float64Array {
  if (typeof value === 'number' && Number.isFinite(value)) return (size) => new Float64Array(size).fill(value);
  if (!isArrayLike(value))
    throw new DefinitionError(`${what} must be a number or an array of numbers; it is ${show(value)}`);
  const values = isArrayLike(value[0]) ? readMatrix(value, what).values : readVector(value, what);
  return (size, shape) => {
    if (values.length !== size) {
      throw new DefinitionError(
        `${what} has ${values.length} numbers, but the problem's predictor has shape ${showShape(shape)}`,
      );
    }
    return values.slice();
  };
}
