/** Loss, error and margins of outputs for their targets. */
import type { Loss } from '../problems/problem.ts';
import type { Quantities } from '../results.ts';
import { BLOCK, logisticSums } from './logisticSums.ts';

/**
 * Mean loss (logistic log(1 + e^{−y f}), square ½ (f − y)²) and error (logistic: the fraction with y·f ≤ 0; square:
 * root mean square).
 */
export function quantities(loss: Loss, outputs: Float64Array, targets: Float64Array): Quantities {
  return loss === 'logistic' ? ofLogisticLoss(outputs, targets) : ofSquareLoss(outputs, targets);
}

/** Σ log(1 + e^{−m}) = Σ max(−m, 0) + log Π (1 + e^{−|m|}): one logarithm for many examples. */
function ofLogisticLoss(outputs: Float64Array, targets: Float64Array): Quantities {
  const n = outputs.length;
  const { margins, sumsOf } = logisticSums();
  let [loss, errors] = [0, 0];
  for (let start = 0; start < n; start += BLOCK) {
    const count = Math.min(BLOCK, n - start);
    for (let i = 0; i < count; i++) margins[i] = targets[start + i] * outputs[start + i];
    const { excess, wrong, positive } = sumsOf(count);
    loss += wrong + Math.log1p(excess);
    errors += count - positive;
  }
  return { loss: loss / n, error: errors / n };
}

function ofSquareLoss(outputs: Float64Array, targets: Float64Array): Quantities {
  const n = outputs.length;
  let total = 0;
  for (let i = 0; i < n; i++) {
    const residual = outputs[i] - targets[i];
    total += 0.5 * residual * residual;
  }
  return { loss: total / n, error: Math.sqrt((2 * total) / n) };
}

/** Smallest, mean and largest margin y·f. */
export function margins(outputs: Float64Array, targets: Float64Array): { min: number; mean: number; max: number } {
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let i = 0; i < outputs.length; i++) {
    const m = targets[i] * outputs[i];
    min = Math.min(min, m);
    max = Math.max(max, m);
    sum += m;
  }
  return { min, mean: sum / outputs.length, max };
}
