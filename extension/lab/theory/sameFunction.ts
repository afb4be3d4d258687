/** Recognizes a parameterization by its values, in whatever words it was written. */
import { CompiledModule } from '../compiler/module.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import { parameterCount } from './outputsAt.ts';

/** How far two values may be apart, relative to the largest: rounding, and no more. */
const ROUNDING = 1e-12;

/**
 * Whether the predictor of a program is this function of its parameters, by its values at two points that have nothing
 * in common with it.
 * @param f from all parameters, [p], to the predictor
 */
export function isSameFunction(program: PredictorProgram, f: (theta: Float64Array) => ArrayLike<number>): boolean {
  const { graph, parameters, predictor } = program;
  if (predictor === null) return false;
  const count = parameterCount(program);
  const states = parameters.map(({ node }) => node);
  const module = new CompiledModule(graph, states, [{ name: 'predict', outputs: [predictor] }], 'javascript');
  const w = module.view(predictor);
  return [1, 2].every((turn) => {
    const values = Float64Array.from({ length: count }, (_, i) => 1 + Math.sin(turn * (i + 1) * 1.7));
    module.memory.set(values);
    module.entry('predict')(1);
    const expected = Array.from(f(values));
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    return expected.length === w.length && expected.every((value, i) => Math.abs(w[i] - value) < ROUNDING * largest);
  });
}
