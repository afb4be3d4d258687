/** The system F δ = ∇L with F = unit · Jᵀ H J and ∇L = unit · Jᵀ H τ, J = ∂z/∂θ, for each kind of Fisher information. */
import type { NodeId } from '../../../compiler/graph.ts';
import { sizeOf } from '../../../compiler/shape.ts';
import type { QuadraticProduct } from '../../../linearAlgebra/conjugateGradients.ts';
import { dot } from '../../../linearAlgebra/vectors.ts';
import { type AnyProblemDescription, populationOf } from '../../../problems/index.ts';
import type { PopulationCurvature } from '../../../problems/problem.ts';
import { type Model, predictorOf } from '../../model.ts';
import type { Space } from '../gram.ts';
import { gaussianMoments, isOwnPopulation, populationInputs } from '../population.ts';
import { predictorSlope } from '../predictorSlope.ts';
import {
  logCurvature,
  meanSlopes,
  populationTargets,
  rootsOf,
  trainingWeights,
} from '../rankRevealing/exampleWeights.ts';
import type { FisherSettings } from '../settings.ts';
import { addInverse, type CurvatureProducts, makeCurvature } from './curvature.ts';
import { gramDiagonal } from './gramDiagonal.ts';
import { type JacobianProducts, jacobianProducts } from './products.ts';

export interface FisherSystem {
  readonly products: JacobianProducts;
  /** The space of z: outputs on the training or population inputs, or the predictor. */
  readonly space: Space;
  /** H, relative to {@link logUnit}: its largest entry is about 1. */
  readonly curvature: CurvatureProducts;
  /** The representation of ∇L: by τ, or by γ with ∇L = unit · Jᵀ γ if it may lie outside the range of F. */
  readonly target: 'τ' | 'γ';
  /** τ or γ, [rows]. */
  readonly values: Float64Array;
  /** Whether H is invertible at the current parameters; otherwise rows of zero weight impose no condition. */
  readonly isInvertible: boolean;
  /** The diagonal of J Jᵀ; null if unknown. */
  readonly diagonal: Float64Array | null;
  /** The logarithm of the unit, which may be far outside the range of float64. */
  logUnit(): number;
  /** Evaluates the system at the parameters in the module's memory. */
  evaluate(): void;
}

export function fisherSystem(
  model: Model,
  settings: FisherSettings,
  problem: AnyProblemDescription,
  seed: number,
): FisherSystem {
  if (settings.fisher !== 'population') return trainSystem(model, settings);
  const form = model.predictor === null ? { kind: 'inputs' as const } : populationOf(problem).curvature;
  if (form.kind !== 'inputs') return predictorSystem(model, form);
  return isOwnPopulation(problem) ? datasetSystem(model, problem, seed) : drawsSystem(model, settings, problem, seed);
}

/** λ relative to the unit of F; 0 without damping; infinite if F is negligible. */
export function relativeDamping({ logUnit }: FisherSystem, damping: number): number {
  return damping === 0 ? 0 : damping * Math.exp(-logUnit());
}

/**
 * Curvatures are clamped to this fraction of the largest one, so that the square of their inverse does not overflow.
 */
const SMALLEST_CURVATURE = 1e-150;

/** H = diag(root²). */
function setDiagonal(curvature: CurvatureProducts, root: Float64Array): void {
  root.forEach((value, i) => {
    const h = Math.max(value * value, SMALLEST_CURVATURE);
    curvature.diagonal[i] = h;
    curvature.inverse[i] = 1 / h;
  });
}

/** z = f on the training inputs. */
function trainSystem(model: Model, { fisher }: FisherSettings): FisherSystem {
  const { loss, trainTargets } = model.data;
  const diagonalNode = gramDiagonal(model, 'samples');
  const wanted = [model.trainOutputs, ...(diagonalNode === null ? [] : [diagonalNode])];
  const products = jacobianProducts(model, [model.trainOutputs], wanted);
  const f = products.module.view(model.trainOutputs);
  const curvature = makeCurvature(products.rows);
  const values = new Float64Array(products.rows);
  let unit = 0;
  let isInvertible = true;
  return {
    products,
    space: 'samples',
    curvature,
    target: 'τ',
    values,
    get isInvertible() {
      return isInvertible;
    },
    diagonal: diagonalNode === null ? null : products.module.view(diagonalNode),
    logUnit: () => unit,
    evaluate() {
      products.evaluate();
      const { root, b, ratio, logUnit } = trainingWeights(loss, fisher, f, trainTargets);
      unit = logUnit;
      isInvertible = ratio !== null;
      setDiagonal(curvature, root);
      if (ratio) values.set(ratio);
      else
        root.forEach((weight, i) => {
          curvature.diagonal[i] = weight * weight;
          values[i] = weight > 0 ? b[i] / weight : 0;
        });
    },
  };
}

/** z = w: H = a I + (b − a) ŵŵᵀ, which does not decay with the loss. */
function predictorSystem(model: Model, form: Exclude<PopulationCurvature, { kind: 'inputs' }>): FisherSystem {
  const { g } = model;
  const predictor = predictorOf(model);
  const size = sizeOf(g.shapeOf(predictor));
  const gammaNode = predictorSlope(model);
  const diagonalNode = gramDiagonal(model, 'predictor');
  const wanted: NodeId[] = [predictor, gammaNode, ...(diagonalNode === null ? [] : [diagonalNode])];
  const products = jacobianProducts(model, [predictor], wanted);
  const [w, slopes] = [products.module.view(predictor), products.module.view(gammaNode)];
  const curvature = makeCurvature(size);
  const values = new Float64Array(size);
  const u = new Float64Array(size);
  let unit = form.kind === 'scalar' ? form.value : 1;
  curvature.diagonal.fill(1);
  curvature.inverse.fill(1);
  return {
    products,
    space: 'predictor',
    curvature,
    target: 'τ',
    values,
    isInvertible: true,
    diagonal: diagonalNode === null ? null : products.module.view(diagonalNode),
    logUnit: () => Math.log(unit),
    evaluate() {
      products.evaluate();
      if (form.kind === 'gaussian') {
        const r = Math.sqrt(dot(w, w));
        const [a, b] = gaussianMoments(r);
        unit = Math.max(a, b);
        curvature.diagonal.fill(a / unit);
        curvature.inverse.fill(unit / a);
        for (let j = 0; j < size; j++) u[j] = r > 0 ? w[j] / r : 0;
        curvature.axis = { u, value: (b - a) / unit, inverse: unit / b - unit / a };
      }
      values.fill(0);
      addInverse(curvature, 1 / unit, slopes, values);
    },
  };
}

/** z = f on a data set's own inputs, the training inputs first; the others do not contribute to the gradient. */
function datasetSystem(model: Model, problem: AnyProblemDescription, seed: number): FisherSystem {
  const { data } = model;
  const { products, f, trainOutputs, count } = populationProducts(model, problem, seed, 0, false);
  const curvature = makeCurvature(count);
  const values = new Float64Array(count);
  let unit = 0;
  return {
    products,
    space: 'samples',
    curvature,
    target: 'τ',
    values,
    isInvertible: true,
    diagonal: null,
    logUnit: () => unit,
    evaluate() {
      products.evaluate();
      const { root, largest } = rootsOf(f.map((value) => logCurvature(data.loss, value)));
      unit = largest - Math.log(count);
      setDiagonal(curvature, root);
      values.set(populationTargets(data.loss, trainOutputs, data.trainTargets, count, largest).ratio);
    },
  };
}

/** z = f on the training inputs and on fresh samples of the population: γ is nonzero on the former, H on the latter. */
function drawsSystem(
  model: Model,
  { fisherSamples }: FisherSettings,
  problem: AnyProblemDescription,
  seed: number,
): FisherSystem {
  const { data } = model;
  const { products, f, trainOutputs, count } = populationProducts(model, problem, seed, fisherSamples, true);
  const n = data.train.count;
  const curvature = makeCurvature(n + count);
  const values = new Float64Array(n + count);
  let unit = 0;
  return {
    products,
    space: 'samples',
    curvature,
    target: 'γ',
    values,
    isInvertible: false,
    diagonal: null,
    logUnit: () => unit,
    evaluate() {
      products.evaluate();
      const { root, largest } = rootsOf(f.map((value) => logCurvature(data.loss, value)));
      unit = largest - Math.log(count);
      root.forEach((value, i) => {
        curvature.diagonal[n + i] = value * value;
      });
      const { slope, logScale } = meanSlopes(data.loss, trainOutputs, data.trainTargets);
      const scale = Math.exp(logScale - unit);
      for (let i = 0; i < n; i++) values[i] = scale * slope[i];
    },
  };
}

function populationProducts(
  model: Model,
  problem: AnyProblemDescription,
  seed: number,
  fisherSamples: number,
  withTraining: boolean,
) {
  const { g, data, trainOutputs } = model;
  const inputs = populationInputs(problem, data, fisherSamples, seed);
  const { outputs } = model.outputsAt(g.constant(inputs.values, [inputs.count, inputs.dimension]));
  const z = withTraining ? [trainOutputs, outputs] : [outputs];
  const products = jacobianProducts(model, z, [outputs, trainOutputs]);
  const view = (node: NodeId) => products.module.view(node);
  return { products, f: view(outputs), trainOutputs: view(trainOutputs), count: inputs.count };
}

/**
 * Products with J Jᵀ + λ H⁻¹, at the last evaluation point of the system.
 * @param relative λ in units of the curvature
 * @param along storage, [p]
 */
export function rowProduct(
  { products, curvature }: FisherSystem,
  relative: number,
  along: Float64Array,
): QuadraticProduct {
  return (x, into) => {
    products.vjp(x, along);
    products.jvp(along, into);
    const form = dot(along, along);
    return relative === 0 ? form : form + addInverse(curvature, relative, x, into);
  };
}

/** An upper bound for the rank of J from its dimensions; −1 if H is not invertible. */
export function rankBound({ predictor, parameterCount, data, g }: Model, { target, space }: FisherSystem): number {
  if (target === 'γ') return -1;
  if (predictor === null || space === 'predictor' || data.train.kind === 'entries') return parameterCount;
  return Math.min(parameterCount, sizeOf(g.shapeOf(predictor)));
}
