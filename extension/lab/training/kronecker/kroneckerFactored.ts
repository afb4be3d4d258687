/** Steps with Kronecker-factored curvature, one layer at a time (Martens and Grosse 2015). */
import { reverse } from '../../compiler/autodiff/reverse.ts';
import type { GraphBuilder } from '../../compiler/builder.ts';
import type { NodeId } from '../../compiler/graph.ts';
import type { CompiledModule } from '../../compiler/module.ts';
import { factorCholesky, solveCholesky } from '../../linearAlgebra/cholesky.ts';
import { type Layer, type NetworkProgram, networkOutputs } from '../../network/network.ts';
import type { PredictorProgram } from '../../parameterizations/parameterization.ts';
import type { Loss } from '../../problems/problem.ts';
import { lossGradient } from '../lossHead.ts';
import type { Model } from '../model.ts';
import { compileModel, type Trainer } from '../trainer.ts';
import { layersOf } from './layersOf.ts';

/** The curvature of one layer with k inputs and h outputs. */
interface LayerCurvature {
  inputs: number;
  outputs: number;
  weight: NodeId;
  bias: NodeId | null;
  /** ∂L/∂W, [h, k], and ∂L/∂b, [h]. */
  weightGradient: NodeId;
  biasGradient: NodeId | null;
  /** E[a aᵀ], [k, k], and E[a], [k]. */
  inputSquares: NodeId;
  inputMean: NodeId;
  /** E[S δ δᵀ], [h, h]. */
  slopeSquares: NodeId;
}

/** The step length, and λ of the damped factors. */
export interface KroneckerSettings {
  rate: number;
  damping: number;
}

/** @param program program of the model, which must be layered */
export function kroneckerFactored(model: Model, program: PredictorProgram, settings: KroneckerSettings): Trainer {
  const network = layersOf(model.g, program);
  if (!network) throw new Error('this model is not made of layers');
  const layers = curvatureOf(model, network);
  const outputs = layers.flatMap((layer) => [
    layer.weight,
    ...(layer.bias === null ? [] : [layer.bias]),
    layer.weightGradient,
    ...(layer.biasGradient === null ? [] : [layer.biasGradient]),
    layer.inputSquares,
    layer.inputMean,
    layer.slopeSquares,
  ]);
  const module = compileModel(model, [{ name: 'curvature', outputs }]);
  const evaluate = module.entry('curvature');
  const size = Math.max(...layers.map(({ inputs, outputs: h, bias }) => Math.max(inputs + (bias === null ? 0 : 1), h)));
  return {
    module,
    step(times) {
      for (let t = 0; t < times; t++) {
        evaluate(1);
        for (const layer of layers) updateLayer(module, layer, settings);
      }
    },
    report: () => ({ solver: 'Kronecker factors', fisher: 'train', rank: size, size, condition: null }),
  };
}

function curvatureOf(model: Model, network: NetworkProgram): LayerCurvature[] {
  const { g, data } = model;
  if (data.train.kind !== 'rows') throw new Error('layers need inputs');
  const { values, count, dimension } = data.train;
  const { outputs, layers } = networkOutputs(g, network, g.constant(values, [count, dimension]));
  const targets = g.constant(data.trainTargets, [count]);
  const loss = { node: outputs, derivative: lossGradient(g, data.loss, outputs, targets) };
  const ones = { node: outputs, derivative: g.broadcast(g.scalar(1), [count]) };
  const deltas = reverse(
    g,
    [ones],
    layers.map(({ output }) => output),
  );
  const weightGradients = reverse(g, [loss], network.weights);
  const biasGradients = network.biases && reverse(g, [loss], network.biases);
  const s = g.reshape(curvature(g, data.loss, outputs), [count, 1]);
  return layers.map((layer, l) => {
    const [h, k] = g.shapeOf(network.weights[l]);
    return {
      inputs: k,
      outputs: h,
      weight: network.weights[l],
      bias: network.biases?.[l] ?? null,
      weightGradient: weightGradients[l],
      biasGradient: biasGradients?.[l] ?? null,
      ...inputMoments(g, layer, count),
      slopeSquares: average(g, count, g.matmul(g.transpose(g.multiply(deltas[l], s)), deltas[l])),
    };
  });
}

function inputMoments(g: GraphBuilder, { input }: Layer, count: number): { inputSquares: NodeId; inputMean: NodeId } {
  return {
    inputSquares: average(g, count, g.matmul(g.transpose(input), input)),
    inputMean: average(g, count, g.sum(input, [0])),
  };
}

function average(g: GraphBuilder, count: number, total: NodeId): NodeId {
  return g.multiply(g.scalar(1 / count), total);
}

/** S of each example, [n]. */
function curvature(g: GraphBuilder, loss: Loss, outputs: NodeId): NodeId {
  if (loss === 'square') return g.broadcast(g.scalar(1), g.shapeOf(outputs));
  return g.multiply(g.unary('sigmoid', outputs), g.unary('sigmoid', g.unary('negate', outputs)));
}

/** [W b] ← [W b] − rate · G⁻¹ ∇ A⁻¹ with the damped factors; a bias is treated as the weight of a constant input 1. */
function updateLayer(module: CompiledModule, layer: LayerCurvature, { rate, damping }: KroneckerSettings): void {
  const { inputs, outputs: h } = layer;
  const k = layer.bias === null ? inputs : inputs + 1;
  const a = new Float64Array(k * k);
  const squares = module.view(layer.inputSquares);
  for (let i = 0; i < inputs; i++) a.set(squares.subarray(i * inputs, (i + 1) * inputs), i * k);
  const v = new Float64Array(h * k);
  const gradient = module.view(layer.weightGradient);
  for (let o = 0; o < h; o++) v.set(gradient.subarray(o * inputs, (o + 1) * inputs), o * k);
  if (layer.biasGradient !== null) {
    const mean = module.view(layer.inputMean);
    for (let i = 0; i < inputs; i++) a[i * k + inputs] = a[inputs * k + i] = mean[i];
    a[k * k - 1] = 1;
    const slopes = module.view(layer.biasGradient);
    for (let o = 0; o < h; o++) v[o * k + inputs] = slopes[o];
  }
  const b = module.view(layer.slopeSquares).slice();
  const [meanA, meanB] = [trace(a, k) / k, trace(b, h) / h];
  const balance = meanA > 0 && meanB > 0 ? Math.sqrt(meanA / meanB) : 1;
  addToDiagonal(a, k, balance * Math.sqrt(damping));
  addToDiagonal(b, h, Math.sqrt(damping) / balance);
  // If a factor is not positive definite, the results are not finite and the run diverges.
  if (!factorCholesky(a, k) || !factorCholesky(b, h)) v.fill(Number.NaN);
  for (let o = 0; o < h; o++) solveCholesky(a, k, v.subarray(o * k, (o + 1) * k));
  const column = new Float64Array(h);
  const weight = module.view(layer.weight);
  const bias = layer.bias === null ? null : module.view(layer.bias);
  for (let i = 0; i < k; i++) {
    for (let o = 0; o < h; o++) column[o] = v[o * k + i];
    solveCholesky(b, h, column);
    for (let o = 0; o < h; o++) {
      if (i < inputs) weight[o * inputs + i] -= rate * column[o];
      else if (bias) bias[o] -= rate * column[o];
    }
  }
}

function trace(matrix: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += matrix[i * n + i];
  return sum;
}

function addToDiagonal(matrix: Float64Array, n: number, value: number): void {
  for (let i = 0; i < n; i++) matrix[i * n + i] += value;
}
