/** Runs a graph in a test. */
import type { GraphBuilder } from '../../../../extension/lab/compiler/builder.ts';
import type { NodeId } from '../../../../extension/lab/compiler/graph.ts';
import { CompiledModule } from '../../../../extension/lab/compiler/module.ts';

/** The values of `outputs` for the given values of the states. */
export function evaluate(g: GraphBuilder, states: [NodeId, ArrayLike<number>][], outputs: NodeId[]): Float64Array[] {
  const module = new CompiledModule(
    g.graph,
    states.map(([state]) => state),
    [{ name: 'run', outputs }],
  );
  for (const [state, values] of states) module.view(state).set(Array.from(values));
  module.entry('run')(1);
  return outputs.map((output) => module.view(output).slice());
}

/** Derivative of f at 0 by central differences, extrapolated to order 8. */
export function derivative(f: (h: number) => number, step = 0.02): number {
  let row = [1, 2, 4, 8].map((k) => (f(step / k) - f(-step / k)) / (2 * (step / k)));
  for (let power = 4; row.length > 1; power *= 4)
    row = row.slice(1).map((finer, i) => (power * finer - row[i]) / (power - 1));
  return row[0];
}
