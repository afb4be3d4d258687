/** Recognizes u² − v², whose implicit bias is known for every initialization, independent of its source code. */
import { sizeOf } from '../compiler/shape.ts';
import { initialize } from '../parameterizations/initialization.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import { powerDifference } from './diagonalDepth.ts';
import { isSameFunction } from './sameFunction.ts';

/**
 * The initialization α > 0 of a parameterization w = u² − v² with |u| = |v| = α, one α per entry. The signs of u and v
 * are preserved by the flow and do not affect w.
 * @returns null for any other parameterization or initialization
 */
export function squareDifferenceStart(program: PredictorProgram, seed: number): Float64Array | null {
  const { predictor, parameters } = program;
  if (predictor === null || parameters.length !== 2) return null;
  const size = sizeOf(program.graph.nodes[predictor].shape);
  const shapes = parameters.map(({ shape }) => shape);
  if (shapes.some((shape) => sizeOf(shape) !== size)) return null;
  const start = initialize(program.initialization, shapes, seed);
  const [u, v] = [start.subarray(0, size), start.subarray(size)];
  if (!u.every((alpha, i) => alpha !== 0 && Math.abs(alpha) === Math.abs(v[i]))) return null;
  return isSameFunction(program, powerDifference(2)) ? u.map(Math.abs) : null;
}
