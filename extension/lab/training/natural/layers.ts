/**
 * Jacobians of networks. With z = a Wᵀ + b in a layer and δ = ∂f/∂z, example i has ∂f_i/∂W = δ_i a_iᵀ and ∂f_i/∂b =
 * δ_i: one backward pass over all examples yields all rows, and the Gram matrix is Σ_layers (δ δᵀ) ∘ (a aᵀ [+ 1 for
 * b]).
 */
import { reverse } from '../../compiler/autodiff/reverse.ts';
import type { GraphBuilder } from '../../compiler/builder.ts';
import { type NodeId, uniformValue } from '../../compiler/graph.ts';
import { sizeOf } from '../../compiler/shape.ts';
import type { Layer } from '../../network/network.ts';
import type { JacobianRows } from './jacobianRows.ts';

/** A network applied to given inputs. */
export interface LayeredOutputs {
  /** f, [n]. */
  outputs: NodeId;
  layers: Layer[];
}

/** K = J Jᵀ over the inputs, [n, n]. */
export function layersGram(g: GraphBuilder, at: LayeredOutputs): NodeId {
  const deltas = deltasOf(g, at);
  const terms = at.layers.map(({ input, biased }, l) => {
    const inner = g.matmul(input, g.transpose(input));
    const factor = biased ? g.add(inner, g.scalar(1)) : inner;
    // The derivatives of a linear output are 1.
    const isOnes = g.shapeOf(deltas[l])[1] === 1 && uniformValue(g.graph, deltas[l]) === 1;
    return isOnes ? factor : g.multiply(g.matmul(deltas[l], g.transpose(deltas[l])), factor);
  });
  return terms.reduce((a, b) => g.add(a, b));
}

/** J, row-major [n, p]; parameters in the order W_1 … W_L, b_1 … b_L. */
export function layersJacobian(g: GraphBuilder, at: LayeredOutputs, name: string): JacobianRows {
  const deltas = deltasOf(g, at);
  const inputs = at.layers.map(({ input }) => input);
  const size = sizeOf(g.shapeOf(at.outputs));
  return {
    entry: { name, outputs: [...deltas, ...inputs, at.outputs] },
    states: [],
    size,
    evaluate(module, p, into) {
      module.entry(name)(1);
      let offset = 0;
      at.layers.forEach((_, l) => {
        const [delta, input] = [module.view(deltas[l]), module.view(inputs[l])];
        const [height, width] = [delta.length / size, input.length / size];
        for (let i = 0; i < size; i++) {
          for (let o = 0; o < height; o++) {
            const slope = delta[i * height + o];
            const row = i * p + offset + o * width;
            for (let k = 0; k < width; k++) into[row + k] = slope * input[i * width + k];
          }
        }
        offset += height * width;
      });
      at.layers.forEach(({ biased }, l) => {
        if (!biased) return;
        const delta = module.view(deltas[l]);
        const height = delta.length / size;
        for (let i = 0; i < size; i++) into.set(delta.subarray(i * height, (i + 1) * height), i * p + offset);
        offset += height;
      });
    },
  };
}

/**
 * ∂f_i/∂z_i of each layer, [n, outputs]: examples are independent, so the derivative of Σ_i f_i contains all of them.
 */
export function deltasOf(g: GraphBuilder, { outputs, layers }: LayeredOutputs): NodeId[] {
  const ones = g.broadcast(g.scalar(1), g.shapeOf(outputs));
  return reverse(
    g,
    [{ node: outputs, derivative: ones }],
    layers.map(({ output }) => output),
  );
}
