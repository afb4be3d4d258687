import type { Fisher } from '../../optimizers/optimizer.ts';
import type { Loss } from '../../problems/problem.ts';

/**
 * Curvature weights and slopes of the examples. Under the logistic loss both decay like e^{−m}; they are kept relative
 * to e^{−s} with the shift s = max(0, least margin), so that they stay in range however small the loss is.
 */
export interface ExampleWeights {
  /** h_i e^s: the weight of J_iᵀ J_i in n·F. */
  curvature: Float64Array;
  /** (∂ℓ_i/∂f_i) e^s. */
  slope: Float64Array;
  /** slope / curvature, exact at any margin. */
  ratio: Float64Array;
  /** s. */
  shift: number;
}

/** @param fisher with `empirical`, h_i is the square of the slope; otherwise S_i */
export function exampleWeights(
  loss: Loss,
  outputs: Float64Array,
  targets: Float64Array,
  fisher: Fisher,
  into: ExampleWeights,
): void {
  const n = outputs.length;
  let shift = 0;
  if (loss === 'logistic') {
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < n; i++) least = Math.min(least, targets[i] * outputs[i]);
    shift = Math.max(0, least);
  }
  into.shift = shift;
  for (let i = 0; i < n; i++) {
    if (loss === 'square') {
      const residual = outputs[i] - targets[i];
      into.curvature[i] = 1;
      into.slope[i] = residual;
      into.ratio[i] = residual;
    } else {
      const y = targets[i];
      const m = y * outputs[i];
      const e = Math.exp(-Math.abs(m));
      const near = m > 0 ? Math.exp(shift - m) : 1;
      const share = m > 0 ? near / (1 + e) : 1 / (1 + e); // σ(−m) e^s
      into.slope[i] = -y * share;
      into.curvature[i] = (m > 0 ? near : e) / ((1 + e) * (1 + e));
      into.ratio[i] = -y * (1 + Math.exp(-m));
    }
    if (fisher === 'empirical') {
      // The mean of g gᵀ: (slope e^{−s})² in units of e^{−s}.
      into.curvature[i] = into.slope[i] * into.slope[i] * Math.exp(-shift);
      into.ratio[i] = into.slope[i] / into.curvature[i];
    }
  }
}

export function makeWeights(n: number): ExampleWeights {
  return { curvature: new Float64Array(n), slope: new Float64Array(n), ratio: new Float64Array(n), shift: 0 };
}
