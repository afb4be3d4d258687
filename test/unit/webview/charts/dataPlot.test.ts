import { describe, expect, it } from 'vitest';
import { dataPlot } from '../../../../webview/charts/dataPlot.ts';
import { chartInput } from '../chartInput.ts';
import { result, grid as small } from '../fixtures.ts';

const withData = (trainInputs: number[], trainTargets: number[], predictorShape: number[] | null) => ({
  ...small,
  problem: {
    ...small.problem,
    predictorShape,
    ...{ trainInputs: Float64Array.from(trainInputs), trainTargets: Float64Array.from(trainTargets) },
  },
});
const linesOf = (input: Parameters<typeof dataPlot>[0]) =>
  dataPlot(input)!.spec.marks.flatMap((mark) => (mark.kind === 'line' ? [mark] : []));

describe('the data', () => {
  it('of two dimensions have the boundary of each classifier', () => {
    const grid = withData([1, 0, 0, 1], [1, -1], [2]);
    const runs = [result(0, 0, 0, { predictor: Float64Array.of(1, 1) })];
    const [line] = linesOf(chartInput({ grid, view: { runs } }));
    expect(line.x[0] + line.y[0]).toBeCloseTo(0);
    expect(line.x[1] + line.y[1]).toBeCloseTo(0);
  });

  it('of one dimension have the function that was fitted', () => {
    const runs = [result(0, 0, 0, { predictor: Float64Array.of(3) })];
    const [line] = linesOf(chartInput({ grid: withData([1, 2], [3, 6], [1]), view: { runs } }));
    expect(Array.from(line.x, (x, i) => line.y[i] / x)).toEqual([3, 3]);
    const network = [result(0, 0, 0, { outputs: Float64Array.of(6, 3) })];
    const [joined] = linesOf(chartInput({ grid: withData([2, 1], [6, 3], null), view: { runs: network } }));
    expect([joined.x, joined.y]).toEqual([
      [1, 2],
      [3, 6],
    ]);
  });

  it('are not shown in more dimensions', () => {
    expect(dataPlot(chartInput({}))).toBeNull();
  });
});
