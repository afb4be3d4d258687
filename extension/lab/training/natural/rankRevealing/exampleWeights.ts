/**
 * Logarithms of the per-example derivatives of the losses: under the logistic loss they decay like e^{−m} and underflow
 * long before natural gradients become inaccurate.
 */

import type { Loss } from '../../../problems/problem.ts';
import type { Fisher } from '../settings.ts';

/** The training examples in the least-squares problem behind a natural gradient, F = unit · Aᵀ A and ∇L = unit · Aᵀ b. */
export interface RowWeights {
  /** The weights of the rows of J in A: square roots of the curvatures, relative to the largest, [n]. */
  root: Float64Array;
  /** b, [n]. */
  b: Float64Array;
  /** (∂ℓ/∂f) / h: b without weights, [n]; null if an example has zero curvature. */
  ratio: Float64Array | null;
  /** The logarithm of the unit. */
  logUnit: number;
}

/** The Fisher information over the training examples: the mean of S J Jᵀ, or of the squared gradients (`empirical`). */
export function trainingWeights(loss: Loss, fisher: Fisher, outputs: Float64Array, targets: Float64Array): RowWeights {
  const n = outputs.length;
  const { sign, log } = slopes(loss, outputs, targets);
  const isEmpirical = fisher === 'empirical';
  const curvatures = isEmpirical ? log.map((value) => 2 * value) : outputs.map((f) => logCurvature(loss, f));
  const { root, largest } = rootsOf(curvatures);
  // An exactly fitted example has zero gradient and does not contribute to the empirical Fisher information.
  const isNull = curvatures.map((value) => (value === Number.NEGATIVE_INFINITY ? 1 : 0));
  const ratio = log.map((value, i) => sign[i] * Math.exp(value - curvatures[i]));
  const b = log.map((value, i) => (isNull[i] ? 0 : sign[i] * Math.exp(value - (curvatures[i] + largest) / 2)));
  return { root, b, ratio: isNull.includes(1) ? null : ratio, logUnit: largest - Math.log(n) };
}

/**
 * b on the training examples of a population that has them among its `count` inputs, the curvatures of which are at most
 * e^`largest`.
 */
export function populationTargets(
  loss: Loss,
  outputs: Float64Array,
  targets: Float64Array,
  count: number,
  largest: number,
): { b: Float64Array; ratio: Float64Array } {
  const { sign, log } = slopes(loss, outputs, targets);
  const share = count / outputs.length;
  const curvature = (i: number) => logCurvature(loss, outputs[i]);
  return {
    b: log.map((value, i) => share * sign[i] * Math.exp(value - (curvature(i) + largest) / 2)),
    ratio: log.map((value, i) => share * sign[i] * Math.exp(value - curvature(i))),
  };
}

/** ∂L/∂f of the mean loss, [n], divided by e^`logScale`, so that the largest is about 1 / n. */
export function meanSlopes(
  loss: Loss,
  outputs: Float64Array,
  targets: Float64Array,
): { slope: Float64Array; logScale: number } {
  const { sign, log } = slopes(loss, outputs, targets);
  const logScale = largestOf(log);
  return { slope: log.map((value, i) => (sign[i] * Math.exp(value - logScale)) / outputs.length), logScale };
}

/** log S = log ∂²ℓ/∂f² of one example: logistic σ(f) σ(−f), square 1. */
export function logCurvature(loss: Loss, output: number): number {
  if (loss === 'square') return 0;
  const away = Math.abs(output);
  return -away - 2 * Math.log1p(Math.exp(-away));
}

/** Roots of curvatures given by their logarithms, relative to the largest, and the logarithm of the largest. */
export function rootsOf(logs: Float64Array): { root: Float64Array; largest: number } {
  const largest = largestOf(logs);
  return { root: logs.map((value) => Math.exp((value - largest) / 2)), largest };
}

/** Rows of a, row-major [rows, p], each multiplied by its weight. */
export function weighted(a: Float64Array, weight: Float64Array): Float64Array {
  const p = a.length / weight.length;
  return a.map((value, at) => value * weight[Math.floor(at / p)]);
}

/** ∂ℓ/∂f of each example as sign and logarithm: logistic −y σ(−m), square f − y. */
function slopes(loss: Loss, outputs: Float64Array, targets: Float64Array): { sign: Float64Array; log: Float64Array } {
  if (loss === 'square') {
    const rest = outputs.map((f, i) => f - targets[i]);
    return { sign: rest.map(Math.sign), log: rest.map((value) => Math.log(Math.abs(value))) };
  }
  const logSigmoid = (m: number) => Math.min(0, m) - Math.log1p(Math.exp(-Math.abs(m)));
  return { sign: targets.map((y) => -y), log: outputs.map((f, i) => logSigmoid(-targets[i] * f)) };
}

/** The largest; an arbitrary finite number if all are −∞ (all slopes are 0). */
function largestOf(logs: Float64Array): number {
  const largest = logs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return largest === Number.NEGATIVE_INFINITY ? 0 : largest;
}
