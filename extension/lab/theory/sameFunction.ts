/** Recognizes a parameterization by its values, independent of its source code. */
import { javascript } from '../compiler/backends.ts';
import { CompiledModule } from '../compiler/module.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import { parameterCount } from './outputsAt.ts';

/** Tolerance for rounding, relative to the largest value. */
const ROUNDING = 1e-12;

/**
 * Whether the predictor of a program equals this function of its parameters up to sign, tested at generic points in the
 * first orthant and in others. (The sign of the predictor can be absorbed by the data and does not affect the known
 * implicit biases.)
 * @param f maps all parameters, [p], to the predictor
 */
export function isSameFunction(program: PredictorProgram, f: (theta: Float64Array) => ArrayLike<number>): boolean {
  const { graph, parameters, predictor } = program;
  if (predictor === null) return false;
  const count = parameterCount(program);
  const states = parameters.map(({ node }) => node);
  const module = new CompiledModule(graph, states, [{ name: 'predict', outputs: [predictor] }], [javascript]);
  const w = module.view(predictor);
  /** The sign for which both are equal at parameters θ; null if they differ. */
  const signAt = (theta: Float64Array): 1 | -1 | null => {
    module.memory.set(theta);
    module.entry('predict')(1);
    const expected = Array.from(f(theta));
    if (expected.length !== w.length) return null;
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    const isEqual = (sign: number) => expected.every((value, i) => Math.abs(w[i] - sign * value) < ROUNDING * largest);
    return isEqual(1) ? 1 : isEqual(-1) ? -1 : null;
  };
  const wave = (turn: number, shift: number) =>
    Float64Array.from({ length: count }, (_, i) => shift + Math.sin(turn * (i + 1) * 1.7));
  const signs = [wave(1, 1), wave(2, 1), wave(1.3, 0), wave(2.9, 0.2)].map(signAt);
  return signs[0] !== null && signs.every((sign) => sign === signs[0]);
}
