import type { Deviation, RunResult } from '../results.ts';

/** The final state of a run. */
type Ended = Pick<RunResult, 'predictor' | 'outputs' | 'train' | 'test'>;

/** How far the end of a float32 run is from the same run in float64. */
export function deviationOf(run: Ended, exact: Ended): Deviation {
  const [x, y] = run.predictor && exact.predictor ? [run.predictor, exact.predictor] : [run.outputs, exact.outputs];
  return {
    predictor: largestGap(x, y),
    trainLoss: relative(run.train.loss, exact.train.loss),
    testLoss: run.test && exact.test ? relative(run.test.loss, exact.test.loss) : null,
  };
}

function largestGap(x: Float64Array, y: Float64Array): number | null {
  let [gap, scale] = [0, 0];
  for (let i = 0; i < y.length; i++) {
    // Math.max propagates NaN.
    gap = Math.max(gap, Math.abs(x[i] - y[i]));
    scale = Math.max(scale, Math.abs(y[i]));
  }
  return share(gap, scale);
}

/**
 * Relative to the larger of the two, so that the result is at most 1 even if the float64 loss falls below the
 * resolution of float32.
 */
function relative(value: number, exact: number): number | null {
  return share(Math.abs(value - exact), Math.max(Math.abs(value), Math.abs(exact)));
}

function share(gap: number, scale: number): number | null {
  if (gap === 0) return 0;
  const ratio = gap / scale;
  return Number.isFinite(ratio) ? ratio : null;
}
