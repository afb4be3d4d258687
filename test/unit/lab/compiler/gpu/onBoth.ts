import { expect } from 'vitest';
import { isRefusal } from '../../../../../extension/lab/compiler/backend.ts';
import { javascript } from '../../../../../extension/lab/compiler/backends.ts';
import type { GraphBuilder } from '../../../../../extension/lab/compiler/builder.ts';
import { compileEntry } from '../../../../../extension/lab/compiler/gpu/backend.ts';
import type { DevicePrograms } from '../../../../../extension/lab/compiler/gpu/module.ts';
import type { NodeId } from '../../../../../extension/lab/compiler/graph.ts';
import { CompiledModule } from '../../../../../extension/lab/compiler/module.ts';
import { sizeOf } from '../../../../../extension/lab/compiler/shape.ts';

export type State = [NodeId, ArrayLike<number>];

/** Assigns each value to its state `steps` times, on the device and in JavaScript. */
export async function assignOnBoth(
  on: DevicePrograms,
  g: GraphBuilder,
  states: State[],
  assignments: [NodeId, NodeId][],
  steps = 1,
) {
  const module = new CompiledModule(
    g.graph,
    states.map(([state]) => state),
    [{ name: 'run', outputs: [], assignments: assignments.map(([state, value]) => ({ state, value })) }],
    [javascript],
  );
  const start = () => {
    for (const [state, values] of states) module.view(state).set(Array.from(values));
  };
  const results = () => assignments.map(([state]) => module.view(state).slice());
  const regions = states.map(([state]) => ({
    offset: module.program.offsets.get(state) ?? -1,
    size: sizeOf(g.shapeOf(state)),
  }));
  start();
  const entry = compileEntry(module.program, 'run', regions);
  if (isRefusal(entry)) throw new Error(entry.refusal);
  // Runs side by side, each with constants and states of its own, the first one's as they are.
  const scaled = [1, 0.5, 0.25].map((factor) => ({ entry, memory: module.memory.map((x) => factor * x) }));
  const single = scaled.map(({ memory }) => ({ entry, memory: memory.slice() }));
  await on.load(scaled).run(steps);
  for (const one of single) await on.load([one]).run(steps);
  scaled.forEach(({ memory }, i) => {
    expect(memory).toEqual(single[i].memory);
  });
  module.memory.set(single[0].memory);
  const actual = results();
  start();
  module.entry('run')(steps);
  return { actual, expected: results() };
}

/** Within `tolerance` of the largest entry. */
export function expectClose(actual: Float64Array, expected: Float64Array, tolerance: number, what = ''): void {
  const scale = expected.reduce((largest, x) => (Number.isFinite(x) ? Math.max(largest, Math.abs(x)) : largest), 0);
  expect(actual).toHaveLength(expected.length);
  expect(expected.some(Number.isFinite), `${what}: nothing finite to compare`).toBe(true);
  expected.forEach((x, i) => {
    if (Number.isFinite(x)) expect(Math.abs(actual[i] - x), `${what} at ${i}`).toBeLessThanOrEqual(tolerance * scale);
  });
}
