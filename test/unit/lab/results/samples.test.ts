import { describe, expect, it } from 'vitest';
import { append, appendSamples } from '../../../../extension/lab/results/index.ts';
import { batch } from '../../webview/fixtures.ts';

describe('curves', () => {
  it('grow by what arrives', () => {
    const joined = append(batch(0, [0, 1], [3, 2]), batch(0, [2, 4], [1, 0.5]));
    expect([...joined.step]).toEqual([0, 1, 2, 4]);
    expect([...joined.trainLoss]).toEqual([3, 2, 1, 0.5]);
    expect([...joined.testLoss]).toEqual([6, 4, 2, 1]);
  });

  it('have no sample twice where batches overlap, and the newer one counts', () => {
    const joined = append(batch(0, [0, 1, 2], [3, 2, 9]), batch(0, [2, 3], [1, 0.5]));
    expect([...joined.step]).toEqual([0, 1, 2, 3]);
    expect([...joined.trainLoss]).toEqual([3, 2, 1, 0.5]);
  });

  it('begin anew when a run begins anew', () => {
    expect([...append(batch(0, [0, 1, 2], [3, 2, 1]), batch(0, [0], [7])).trainLoss]).toEqual([7]);
  });

  it('keep the newest predictor', () => {
    const first = { ...batch(0, [0], [1]), predictor: Float64Array.of(1) };
    expect(append(first, batch(0, [1], [1])).predictor).toEqual(Float64Array.of(1));
    expect(append(first, { ...batch(0, [1], [1]), predictor: Float64Array.of(2) }).predictor).toEqual(
      Float64Array.of(2),
    );
    expect(append(first, { ...batch(0, [], []), predictor: Float64Array.of(3) })).toMatchObject({
      step: first.step,
      predictor: Float64Array.of(3),
    });
  });

  it('are kept by run, and the earlier ones stay as they were', () => {
    const before = appendSamples(new Map(), [batch(0, [0], [3]), batch(1, [0], [2])]);
    const after = appendSamples(before, [batch(1, [1], [1])]);
    expect([...after.keys()]).toEqual([0, 1]);
    expect([before.get(1)?.step.length, after.get(1)?.step.length]).toEqual([1, 2]);
  });
});
