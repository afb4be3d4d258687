/** Recognizes u² − v², whose implicit bias is known from any start, in whatever words it was written. */
import { CompiledModule } from '../compiler/module.ts';
import { sizeOf } from '../compiler/shape.ts';
import { initialize } from '../parameterizations/initialization.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';

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
  return isSquareDifference(program, predictor, size) ? u.slice() : null;
}

/** By its values at two points that have nothing in common with it. */
function isSquareDifference({ graph, parameters }: PredictorProgram, predictor: number, size: number): boolean {
  const states = parameters.map(({ node }) => node);
  const module = new CompiledModule(graph, states, [{ name: 'predict', outputs: [predictor] }], 'javascript');
  const w = module.view(predictor);
  return [1, 2].every((turn) => {
    const values = Float64Array.from({ length: 2 * size }, (_, i) => 1 + Math.sin(turn * (i + 1) * 1.7));
    module.memory.set(values);
    module.entry('predict')(1);
    return w.every((x, i) => Math.abs(x - (values[i] ** 2 - values[size + i] ** 2)) < 1e-12);
  });
}
