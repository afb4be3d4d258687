/** Activation functions and their derivatives as Python functions. */
import { reverse } from '../lab/compiler/autodiff/reverse.ts';
import { GraphBuilder } from '../lab/compiler/builder.ts';
import type { NodeId } from '../lab/compiler/graph.ts';
import type { ActivationProgram } from '../lab/network/activations.ts';
import { hasKinks } from '../lab/training/flow/kinks.ts';
import { printFunction } from './functions.ts';
import { needHelpers } from './helpers.ts';
import type { ScriptParts } from './scriptParts.ts';

/** The names of the functions; derivatives are defined where they are asked for. */
export interface PrintedActivation {
  value: string;
  slope(): string;
  bend(): string;
  hasKinks: boolean;
}

export function printActivation(
  script: ScriptParts,
  name: string,
  { graph, input, output }: ActivationProgram,
): PrintedActivation {
  const g = new GraphBuilder(graph);
  const derivative = (node: NodeId) => reverse(g, [{ node, derivative: g.scalar(1) }], [input])[0]!;
  const slope = derivative(output);
  const define = (suffix: string, summary: string, node: NodeId) => {
    needHelpers(script, g.graph, [node]);
    const text = (own: string) =>
      printFunction(g.graph, {
        name: own,
        summary,
        arguments: [{ node: input, name: 'x' }],
        outputs: [node],
        isTuple: false,
      });
    return script.define(`${name}${suffix}`, text);
  };
  return {
    value: define('_of', `The activation '${name}'.`, output),
    slope: () => define('_slope', `The derivative of '${name}'.`, slope),
    bend: () => define('_bend', `The second derivative of '${name}'.`, derivative(slope)),
    hasKinks: hasKinks(g.graph, [output]),
  };
}
