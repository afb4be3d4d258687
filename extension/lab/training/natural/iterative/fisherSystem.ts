/** The system F δ = ∇L with F = Jᵀ H J and ∇L = Jᵀ γ, J = ∂z/∂θ, for each kind of Fisher information. */
import type { NodeId } from '../../../compiler/graph.ts';
import { sizeOf } from '../../../compiler/shape.ts';
import type { QuadraticProduct } from '../../../linearAlgebra/conjugateGradients.ts';
import { dot } from '../../../linearAlgebra/vectors.ts';
import type { NaturalMetric } from '../../../optimizers/optimizer.ts';
import type { Problem } from '../../../problems/problem.ts';
import { curvatureAt, exampleCurvature } from '../../lossHead.ts';
import { type Model, predictorOf } from '../../model.ts';
import type { Space } from '../gram.ts';
import { gaussianMoments, type PopulationForm, populationForm, populationInputs } from '../populationMetric.ts';
import { weightNodes, weightsIn } from '../weights.ts';
import { gramDiagonal } from './gramDiagonal.ts';
import { addInverse, type MetricProducts, makeMetric } from './metric.ts';
import { type JacobianProducts, jacobianProducts } from './products.ts';

export interface FisherSystem {
  readonly products: JacobianProducts;
  /** What z is: the training outputs, perhaps with outputs elsewhere, or the predictor. */
  readonly space: Space;
  /** H, in units of {@link unit}; its largest entry is about 1. */
  readonly metric: MetricProducts;
  /** γ, in the same units. */
  readonly gamma: Float64Array;
  /** Whether H has an inverse, and {@link target} a meaning. */
  readonly isInvertible: boolean;
  /** ∇L may lie outside the range of F: the step without damping is F⁺ ∇L, and not the solution of a system. */
  readonly isTorn: boolean;
  /** The diagonal of J Jᵀ, null where it is not known. */
  readonly diagonal: Float64Array | null;
  /** The largest entry of H; damping is divided by it. */
  unit(): number;
  /** Writes H⁻¹ γ. */
  target(into: Float64Array): void;
  /** Brings all of it up to the parameters in the module's memory. */
  evaluate(): void;
}

export function fisherSystem(model: Model, metric: NaturalMetric, problem: Problem, seed: number): FisherSystem {
  if (metric.fisher !== 'population') return trainSystem(model, metric);
  const form = model.predictor === null ? { kind: 'inputs' as const } : populationForm(problem);
  if (form.kind === 'inputs') return inputsSystem(model, metric, problem, seed);
  return predictorSystem(model, form);
}

/** Curvatures below this share of the largest are lifted to it: their inverse squared must stay in range. */
const SMALLEST_CURVATURE = 1e-150;

/** z = f on the training inputs, H = diag(h) / n. */
function trainSystem(model: Model, { fisher }: NaturalMetric): FisherSystem {
  const example = exampleCurvature(model, fisher);
  const diagonalNode = gramDiagonal(model, 'samples');
  const wanted = [...weightNodes(example), ...(diagonalNode === null ? [] : [diagonalNode])];
  const products = jacobianProducts(model, [model.trainOutputs], wanted);
  const weights = weightsIn(products.module, example);
  const n = products.rows;
  const metric = makeMetric(n);
  const gamma = new Float64Array(n);
  let largest = 1;
  return {
    products,
    space: 'samples',
    metric,
    gamma,
    isInvertible: true,
    isTorn: false,
    diagonal: diagonalNode === null ? null : products.module.view(diagonalNode),
    unit: () => (largest * Math.exp(-weights.shift)) / n,
    target: (into) => into.set(weights.ratio),
    evaluate() {
      products.evaluate();
      largest = weights.curvature.reduce((a, b) => Math.max(a, b), 0);
      for (let i = 0; i < n; i++) {
        const h = Math.max(weights.curvature[i] / largest, SMALLEST_CURVATURE);
        metric.diagonal[i] = h;
        metric.inverse[i] = 1 / h;
        gamma[i] = weights.slope[i] / largest;
      }
    },
  };
}

/** z = w: H = a I + (b − a) ŵŵᵀ, γ = ∂L/∂w in true units, for the population's H does not shrink with the losses. */
function predictorSystem(model: Model, form: Exclude<PopulationForm, { kind: 'inputs' }>): FisherSystem {
  const { g, data } = model;
  const predictor = predictorOf(model);
  const size = sizeOf(g.shapeOf(predictor));
  const { slope, shift } = exampleCurvature(model, 'population');
  const mean = g.multiply(g.multiply(slope, g.scalar(1 / data.train.count)), g.unary('exp', g.unary('negate', shift)));
  const { train } = data;
  const gammaNode =
    train.kind === 'entries'
      ? g.scatter(mean, train.indices, [size])
      : g.matmul(g.reshape(mean, [1, train.count]), g.constant(train.values, [train.count, train.dimension]));
  const diagonalNode = gramDiagonal(model, 'predictor');
  const wanted: NodeId[] = [predictor, gammaNode, ...(diagonalNode === null ? [] : [diagonalNode])];
  const products = jacobianProducts(model, [predictor], wanted);
  const [w, slopes] = [products.module.view(predictor), products.module.view(gammaNode)];
  const metric = makeMetric(size);
  const gamma = new Float64Array(size);
  const u = new Float64Array(size);
  let unit = form.kind === 'scalar' ? form.value : 1;
  metric.diagonal.fill(1);
  metric.inverse.fill(1);
  return {
    products,
    space: 'predictor',
    metric,
    gamma,
    isInvertible: true,
    isTorn: false,
    diagonal: diagonalNode === null ? null : products.module.view(diagonalNode),
    unit: () => unit,
    target(into) {
      into.fill(0);
      addInverse(metric, 1, gamma, into);
    },
    evaluate() {
      products.evaluate();
      if (form.kind === 'gaussian') {
        let square = 0;
        for (let j = 0; j < size; j++) square += w[j] * w[j];
        const r = Math.sqrt(square);
        const [a, b] = gaussianMoments(r);
        unit = Math.max(a, b);
        metric.diagonal.fill(a / unit);
        metric.inverse.fill(unit / a);
        for (let j = 0; j < size; j++) u[j] = r > 0 ? w[j] / r : 0;
        metric.axis = { u, value: (b - a) / unit, inverse: unit / b - unit / a };
      }
      for (let j = 0; j < size; j++) gamma[j] = slopes[j] / unit;
    },
  };
}

/** z = f on the training inputs and on those of the population: γ is there on the former, H on the latter. */
function inputsSystem(model: Model, { fisherSamples }: NaturalMetric, problem: Problem, seed: number): FisherSystem {
  const { g, data, trainOutputs } = model;
  const { count, dimension, values } = populationInputs(problem, data, fisherSamples, seed);
  const elsewhere = model.outputsAt(g.constant(values, [count, dimension])).outputs;
  const example = exampleCurvature(model, 'population');
  const products = jacobianProducts(model, [trainOutputs, elsewhere], [elsewhere, ...weightNodes(example)]);
  const weights = weightsIn(products.module, example);
  const f = products.module.view(elsewhere);
  const n = data.train.count;
  const metric = makeMetric(n + count);
  const gamma = new Float64Array(n + count);
  let largest = 1;
  const most = model.predictor === null ? model.parameterCount : Math.min(model.parameterCount, dimension);
  return {
    products,
    space: 'samples',
    metric,
    gamma,
    isInvertible: false,
    // A data set's population has the training inputs among it.
    isTorn: problem.type !== 'dataset' && count < most,
    diagonal: null,
    unit: () => largest / count,
    target: () => {
      throw new Error('this metric has no inverse');
    },
    evaluate() {
      products.evaluate();
      largest = 0;
      for (let i = 0; i < count; i++) largest = Math.max(largest, curvatureAt(data.loss, f[i]));
      for (let i = 0; i < count; i++) metric.diagonal[n + i] = curvatureAt(data.loss, f[i]) / largest;
      const unit = (Math.exp(-weights.shift) * count) / (n * largest);
      for (let i = 0; i < n; i++) gamma[i] = weights.slope[i] * unit;
    },
  };
}

/**
 * Products with J Jᵀ + λ H⁻¹, at the point at which the system was evaluated.
 * @param relative λ in units of the metric
 * @param along storage, [p]
 */
export function rowProduct(
  { products, metric }: FisherSystem,
  relative: number,
  along: Float64Array,
): QuadraticProduct {
  return (x, into) => {
    products.pull(x, along);
    products.push(along, into);
    const form = dot(along, along);
    return relative === 0 ? form : form + addInverse(metric, relative, x, into);
  };
}

/** The largest rank of J, as far as sizes tell; −1 where H has no inverse. */
export function rankBound(
  { predictor, parameterCount, data, g }: Model,
  { isInvertible, space }: FisherSystem,
): number {
  if (!isInvertible) return -1;
  if (predictor === null || space === 'predictor' || data.train.kind === 'entries') return parameterCount;
  return Math.min(parameterCount, sizeOf(g.shapeOf(predictor)));
}
