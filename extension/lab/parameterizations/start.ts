/** Initial values of parameters that have the predictor's shape. */
import { type Shape, showShape } from '../compiler/shape.ts';
import { DefinitionError } from '../errors.ts';
import { isArrayLike, readMatrix, readVector, show } from '../options.ts';

/** One number for all entries, one number per entry, or the rows of a matrix. */
export type Start = number | readonly number[] | readonly (readonly number[])[];

/** Validates initial values; the returned function expands them to a given shape. */
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
