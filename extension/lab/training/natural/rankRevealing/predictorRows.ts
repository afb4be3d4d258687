/**
 * Rows C J with J = ∂w/∂θ and F = unit · Jᵀ Cᵀ C J: the curvature on predictors as a square root C, [k, d], by QR of
 * the weighted inputs if there are any, otherwise in closed form. Cᵀ C is never formed.
 */
import { sizeOf } from '../../../compiler/shape.ts';
import { applyQTransposed, factorQr } from '../../../linearAlgebra/householder.ts';
import type { AnyProblemDescription } from '../../../problems/index.ts';
import type { PopulationCurvature, ProblemData } from '../../../problems/problem.ts';
import { type Model, predictorOf } from '../../model.ts';
import { compileModel } from '../../trainer.ts';
import { jacobianProgram } from '../jacobian.ts';
import { gaussianMoments, isOwnPopulation, populationInputs } from '../population.ts';
import type { FisherSettings } from '../settings.ts';
import { logCurvature, meanSlopes, populationTargets, rootsOf, trainingWeights, weighted } from './exampleWeights.ts';
import type { FisherRowsProgram } from './leastSquares.ts';

/** C, row-major [k, d], with H = unit · Cᵀ C; and b with γ = ∂L/∂w = unit · Cᵀ b, or γ / unit, [d]. */
interface CurvatureRoot {
  c: Float64Array;
  target: { kind: 'rows' | 'gradient'; values: Float64Array };
  logUnit: number;
  /** C and b without weights, if there are few enough rows to be consistent. */
  unweighted?: { c: Float64Array; b: Float64Array };
}

export function predictorRows(
  model: Model,
  settings: FisherSettings,
  problem: AnyProblemDescription,
  seed: number,
  form: PopulationCurvature | { kind: 'train' },
): FisherRowsProgram {
  const predictor = predictorOf(model);
  const jacobian = jacobianProgram(model, predictor, 'predictor row');
  const module = compileModel(
    model,
    [jacobian.entry, { name: 'outputs', outputs: [predictor, model.trainOutputs] }],
    jacobian.states,
  );
  const [w, f] = [module.view(predictor), module.view(model.trainOutputs)];
  const { data } = model;
  const d = sizeOf(data.predictorShape);
  const p = model.parameterCount;
  const root = rootAt(data, settings, problem, seed, form);
  return {
    module,
    evaluate() {
      module.entry('outputs')(1);
      const { c, target, logUnit, unweighted } = root(w, f);
      const rows = new Float64Array(d * p);
      jacobian.evaluate(module, p, rows);
      const a = product(c, rows, d, p);
      if (target.kind === 'rows') {
        const plain = unweighted ? { a: product(unweighted.c, rows, d, p), b: unweighted.b } : null;
        return { a, rows: c.length / d, target, logUnit, unweighted: plain };
      }
      const gradient = { kind: 'gradient' as const, values: product(target.values, rows, d, p) };
      return { a, rows: c.length / d, target: gradient, logUnit, unweighted: null };
    },
  };
}

/** @param w the predictor, [d]; @param f the training outputs, [n] */
type RootAt = (w: Float64Array, f: Float64Array) => CurvatureRoot;

function rootAt(
  data: ProblemData,
  settings: FisherSettings,
  problem: AnyProblemDescription,
  seed: number,
  form: PopulationCurvature | { kind: 'train' },
): RootAt {
  const { train, loss, trainTargets } = data;
  switch (form.kind) {
    case 'scalar':
      return (w, f) => {
        const { gamma, logScale } = slopeOf(data, f, w.length);
        const scale = Math.exp(logScale) / form.value;
        const target = { kind: 'rows' as const, values: gamma.map((x) => x * scale) };
        return { c: identity(w.length), target, logUnit: Math.log(form.value) };
      };
    case 'gaussian':
      return (w, f) => gaussianRoot(w, slopeOf(data, f, w.length));
    case 'train':
      return (w, f) => {
        const { root, b, logUnit } = trainingWeights(loss, settings.fisher, f, trainTargets);
        const x = train.kind === 'rows' ? train.values : new Float64Array(0);
        return { ...combine(weighted(x, root), b, w.length), logUnit };
      };
    case 'inputs': {
      const { values, count } = populationInputs(problem, data, settings.fisherSamples, seed);
      const rootsAt = (w: Float64Array) => rootsOf(outputsOf(values, w).map((f) => logCurvature(loss, f)));
      if (isOwnPopulation(problem)) {
        // Its population consists of its own inputs, the training inputs first: b is 0 on the others.
        return (w, f) => {
          const { root, largest } = rootsAt(w);
          const [b, ratio] = [new Float64Array(count), new Float64Array(count)];
          const targets = populationTargets(loss, f, trainTargets, count, largest);
          b.set(targets.b);
          ratio.set(targets.ratio);
          const common = { ...combine(weighted(values, root), b, w.length), logUnit: largest - Math.log(count) };
          return count <= w.length ? { ...common, unweighted: { c: values, b: ratio } } : common;
        };
      }
      return (w, f) => {
        const { root, largest } = rootsAt(w);
        const { gamma, logScale } = slopeOf(data, f, w.length);
        const logUnit = largest - Math.log(count);
        const scale = Math.exp(logScale - logUnit);
        const { c } = combine(weighted(values, root), new Float64Array(count), w.length);
        return { c, target: { kind: 'gradient', values: gamma.map((x) => x * scale) }, logUnit };
      };
    }
  }
}

/** E[S x xᵀ] = a (I − ŵŵᵀ) + b ŵŵᵀ of Gaussian inputs has the root √a (I − ŵŵᵀ) + √b ŵŵᵀ. */
function gaussianRoot(w: Float64Array, { gamma, logScale }: ReturnType<typeof slopeOf>): CurvatureRoot {
  const d = w.length;
  const r = Math.sqrt(w.reduce((sum, x) => sum + x * x, 0));
  const [a, b] = gaussianMoments(r);
  const unit = Math.max(a, b);
  const [across, along] = [Math.sqrt(a / unit), Math.sqrt(b / unit)];
  const u = w.map((x) => (r > 0 ? x / r : 0));
  const c = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) c[i * d + j] = (along - across) * u[i] * u[j];
    c[i * d + i] += across;
  }
  const scale = Math.exp(logScale) / unit;
  const inner = u.reduce((sum, x, j) => sum + x * gamma[j], 0);
  const values = gamma.map((x, i) => scale * (x / across + (1 / along - 1 / across) * inner * u[i]));
  return { c, target: { kind: 'rows', values }, logUnit: Math.log(unit) };
}

/**
 * [X | b] to [R | Qᵀ b] with no more rows than columns; sorted by descending weight, which preserves the accuracy of
 * rows with small weights.
 */
function combine(x: Float64Array, b: Float64Array, d: number): Pick<CurvatureRoot, 'c' | 'target'> {
  const n = b.length;
  if (n <= d) return { c: x, target: { kind: 'rows', values: b } };
  const size = Float64Array.from(b, (_, i) =>
    x.subarray(i * d, (i + 1) * d).reduce((a, v) => Math.max(a, Math.abs(v)), 0),
  );
  const order = Array.from(b.keys()).sort((i, j) => size[j] - size[i]);
  const values = new Float64Array(n * d);
  order.forEach((from, i) => {
    for (let j = 0; j < d; j++) values[j * n + i] = x[from * d + j];
  });
  const qr = factorQr({ values, rows: n, count: d }, true);
  const rhs = Float64Array.from(order, (from) => b[from]);
  applyQTransposed(qr, rhs, d);
  const c = new Float64Array(d * d);
  qr.order.forEach((column, j) => {
    for (let i = 0; i <= j; i++) c[i * d + column] = values[j * n + i];
  });
  return { c, target: { kind: 'rows', values: rhs.slice(0, d) } };
}

/** ∂L/∂w, [d], divided by e^`logScale`. */
function slopeOf({ train, loss, trainTargets }: ProblemData, f: Float64Array, d: number) {
  const { slope, logScale } = meanSlopes(loss, f, trainTargets);
  const gamma = new Float64Array(d);
  slope.forEach((value, i) => {
    if (train.kind === 'entries') gamma[train.indices[i]] += value;
    else for (let j = 0; j < d; j++) gamma[j] += value * train.values[i * d + j];
  });
  return { gamma, logScale };
}

/** X w. */
function outputsOf(x: Float64Array, w: Float64Array): Float64Array {
  const d = w.length;
  return Float64Array.from({ length: x.length / d }, (_, i) => {
    let f = 0;
    for (let j = 0; j < d; j++) f += x[i * d + j] * w[j];
    return f;
  });
}

function identity(d: number): Float64Array {
  return Float64Array.from({ length: d * d }, (_, at) => (at % (d + 1) === 0 ? 1 : 0));
}

/** c j, c row-major [k, d], j row-major [d, p]. */
function product(c: Float64Array, j: Float64Array, d: number, p: number): Float64Array {
  const k = c.length / d;
  const result = new Float64Array(k * p);
  for (let i = 0; i < k; i++) {
    const into = result.subarray(i * p, (i + 1) * p);
    for (let l = 0; l < d; l++) {
      const factor = c[i * d + l];
      if (factor === 0) continue;
      const row = j.subarray(l * p, (l + 1) * p);
      for (let q = 0; q < p; q++) into[q] += factor * row[q];
    }
  }
  return result;
}
