/** Recognizes u² − v², whose implicit bias is known from any start, in whatever words it was written. */
import { sizeOf } from '../compiler/shape.ts';
import { initialize } from '../parameterizations/initialization.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import { powerDifference } from './diagonalDepth.ts';
import { isSameFunction } from './sameFunction.ts';

/**
 * The start α of a parameterization w = u² − v² with u = v = α > 0, one α for each entry.
 * @returns null for any other parameterization or start
 */
export function squareDifferenceStart(program: PredictorProgram, seed: number): Float64Array | null {
  const { predictor, parameters } = program;
  if (predictor === null || parameters.length !== 2) return null;
  const size = sizeOf(program.graph.nodes[predictor].shape);
  const shapes = parameters.map(({ shape }) => shape);
  if (shapes.some((shape) => sizeOf(shape) !== size)) return null;
  const start = initialize(program.initialization, shapes, seed);
  const [u, v] = [start.subarray(0, size), start.subarray(size)];
  if (!u.every((alpha, i) => alpha > 0 && alpha === v[i])) return null;
  return isSameFunction(program, powerDifference(2)) ? u.slice() : null;
}
