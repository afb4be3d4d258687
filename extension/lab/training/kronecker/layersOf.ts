/** Extracts the layers of a layered model. */
import type { GraphBuilder } from '../../compiler/builder.ts';
import { namedActivation } from '../../network/activations.ts';
import type { NetworkProgram } from '../../network/network.ts';
import type { PredictorProgram } from '../../parameterizations/parameterization.ts';
import { productOf } from '../natural/structure.ts';

/**
 * A model as a network: a network itself, or a product of parameters W_L ⋯ W_1 (possibly a single one) that is a
 * vector.
 * @param g the program's graph
 * @returns null for any other model
 */
export function layersOf(g: GraphBuilder, program: PredictorProgram): NetworkProgram | null {
  const { network, predictor, predictorShape } = program;
  if (network) return network;
  if (predictor === null || predictorShape.length !== 1) return null;
  const parameters = program.parameters.map(({ node }) => node);
  const isSingle = parameters.length === 1 && parameters[0] === predictor;
  const factors = isSingle ? parameters : (productOf(g, predictor, predictorShape) ?? []);
  const isChain = new Set(factors).size === factors.length && factors.length === parameters.length;
  if (!isChain || !factors.every((factor) => parameters.includes(factor))) return null;
  const weights = factors.map((factor) =>
    g.shapeOf(factor).length === 1 ? g.reshape(factor, [1, predictorShape[0]]) : factor,
  );
  return { activation: namedActivation('identity'), weights: weights.reverse(), biases: null };
}
