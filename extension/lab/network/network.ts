/** Fully connected networks, as plain data and as graph nodes. */
import type { GraphBuilder } from '../compiler/builder.ts';
import type { NodeId } from '../compiler/graph.ts';
import { type ActivationProgram, applyActivation } from './activations.ts';

export interface NetworkProgram {
  activation: ActivationProgram;
  /** W_l, [outputs, inputs] of layer l; the last has one row. */
  weights: NodeId[];
  /** b_l, [outputs], or none. */
  biases: NodeId[] | null;
}

/** One layer applied to n inputs: z = a Wᵀ + b. */
export interface Layer {
  /** a, [n, inputs]. */
  input: NodeId;
  /** z, [n, outputs], before the activation. */
  output: NodeId;
  /** Whether the layer has a bias. */
  biased: boolean;
}

/** The outputs [n] on inputs x, [n, d], and the layers. */
export function networkOutputs(
  g: GraphBuilder,
  { activation, weights, biases }: NetworkProgram,
  x: NodeId,
): { outputs: NodeId; layers: Layer[] } {
  const layers: Layer[] = [];
  let input = x;
  weights.forEach((weight, l) => {
    const product = g.matmul(input, g.transpose(weight));
    const output = biases ? g.add(product, biases[l]) : product;
    layers.push({ input, output, biased: biases !== null });
    input = l < weights.length - 1 ? applyActivation(g, activation, output) : output;
  });
  const [count] = g.shapeOf(x);
  return { outputs: g.reshape(input, [count]), layers };
}
