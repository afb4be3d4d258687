/** Comparison of what back ends compute. */
import { expect } from 'vitest';
import type { CpuBackend } from '../../../../extension/lab/compiler/backend.ts';
import type { GraphBuilder } from '../../../../extension/lab/compiler/builder.ts';
import type { NodeId } from '../../../../extension/lab/compiler/graph.ts';
import { CompiledModule } from '../../../../extension/lab/compiler/module.ts';
import { lcg } from '../trained.ts';

/** What a back end computes. */
export function run(
  backend: CpuBackend,
  g: GraphBuilder,
  states: [NodeId, Float64Array][],
  outputs: NodeId[],
): Float64Array[] {
  const module = new CompiledModule(
    g.graph,
    states.map(([state]) => state),
    [{ name: 'run', outputs }],
    [backend],
  );
  expect(module.backend).toBe(backend);
  for (const [state, values] of states) module.view(state).set(values);
  module.entry('run')(1);
  return outputs.map((output) => module.view(output).slice());
}

/**
 * Entry by entry within `tolerance` of the largest entry; equal where they are not finite.
 * @param terms the size of what was summed up, which may have cancelled
 */
export function expectClose(actual: Float64Array, expected: Float64Array, tolerance: number, terms = 0): void {
  const scale = expected.reduce((largest, x) => (Number.isFinite(x) ? Math.max(largest, Math.abs(x)) : largest), terms);
  expect(actual).toHaveLength(expected.length);
  const worst = actual.reduce((worst, x, i) => {
    const isSame = Object.is(x, expected[i]) || x === expected[i];
    const distance = isSame ? 0 : Math.abs(x - expected[i]);
    return Math.max(worst, distance);
  }, 0);
  expect(worst).toBeLessThanOrEqual(tolerance * scale);
}

/** Numbers from −2 to 2. */
export const draw = (key: number, size: number) => lcg(1234567 * key, size).map((x) => 4 * x - 2);
