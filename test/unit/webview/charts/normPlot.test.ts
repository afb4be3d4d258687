import { describe, expect, it } from 'vitest';
import type { SampleBatch } from '../../../../extension/lab/results.ts';
import { cellKey } from '../../../../webview/cells.ts';
import { normKindOf, normKindsOf, normPlot } from '../../../../webview/charts/normPlot.ts';
import { chartInput } from '../chartInput.ts';
import { batch, grid as small } from '../fixtures.ts';

const steps = [0, 1, 2];
function withPredictors(run: number, predictors: number[][]): SampleBatch {
  return {
    ...batch(run, steps, [1, 1, 1]),
    snapshots: {
      ...{ step: Float64Array.from(steps), time: Float64Array.from(steps) },
      ...{ predictors: Float32Array.from(predictors.flat()), outputs: new Float32Array(3) },
    },
  };
}
const withShape = (predictorShape: number[] | null) => ({
  ...small,
  problem: { ...small.problem, predictorShape, truth: null },
});
const linear = { logX: { step: false, time: null } };

describe('norms of the predictors', () => {
  it('are averaged over the seeds', () => {
    const samples = [
      withPredictors(0, [
        [0, 0],
        [3, 4],
        [6, 8],
      ]),
      withPredictors(1, [
        [0, 0],
        [0, 1],
        [0, 2],
      ]),
    ];
    const input = chartInput({ grid: withShape([2]), view: { samples }, preferences: linear });
    const { spec } = normPlot(input, normKindOf(input)!, null);
    const line = spec.marks.find((mark) => mark.kind === 'line');
    expect(line).toMatchObject({ x: [0, 1, 2], y: [0, 3, 6] });
    const ratio = normPlot(input, normKindsOf(input).find(({ key }) => key === 'ratio')!, null).spec.marks.find(
      ({ kind }) => kind === 'line',
    );
    // Not defined at a start of zero.
    expect(ratio).toMatchObject({ x: [1, 2], y: [1.2, 1.2] });
  });

  it('of matrices are their singular values, one line each', () => {
    const samples = [
      withPredictors(0, [
        [1, 0, 0, 1],
        [3, 0, 0, 2],
        [5, 0, 0, 1],
      ]),
    ];
    const input = chartInput({ grid: withShape([2, 2]), view: { samples }, preferences: linear });
    const { spec } = normPlot(input, normKindOf(input)!, cellKey(input.cells[0]));
    expect(spec.marks.flatMap((mark) => (mark.kind === 'line' ? [Array.from(mark.y)] : []))).toEqual([
      [1, 3, 5],
      [1, 2, 1],
    ]);
    const rank = normKindsOf(input).find(({ key }) => key === 'rank')!;
    const [line] = normPlot(input, rank, null).spec.marks.flatMap((mark) => (mark.kind === 'line' ? [mark] : []));
    expect(line.y[0]).toBeCloseTo(2);
  });

  it('do not exist for networks', () => {
    expect(normKindOf(chartInput({ grid: withShape(null) }))).toBeNull();
  });
});
