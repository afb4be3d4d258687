import { describe, expect, it } from 'vitest';
import { dataset, elementwise, linear, naturalGradientFlow } from '../../../../extension/lab/index.ts';
import { angle } from '../../../../extension/lab/theory/compare.ts';
import { maxL2Margin } from '../../../../extension/lab/theory/maxL2Margin.ts';
import { naturalFlowLimit } from '../../../../extension/lab/theory/naturalFlowLimit.ts';
import { required } from '../../required.ts';
import { gaussianRows, sparseData, trained } from '../trained.ts';
import { flat, marginsOf, separableRows } from './randomProblems.ts';

describe('the limit of natural gradient flow with more examples than dimensions', () => {
  const { inputs, labels } = sparseData(12, 30, 6);
  const [x, y] = [flat(inputs), Float64Array.from(labels)];
  const start = gaussianRows(9, 1, 6)[0].map((value) => 0.3 * value);

  it.each([
    ['a linear model from 0', linear(), new Float64Array(6)],
    ['a linear model from elsewhere', linear({ init: start }), Float64Array.from(start)],
    ['u² − v²', elementwise({ u: 0.5, v: 0.4 }, ({ u, v }) => u * u - v * v), new Float64Array(6).fill(0.09)],
  ])('is where %s goes, with an angle like 1/t', async (_name, parameterization, w0) => {
    const limit = (await naturalFlowLimit(x, 30, 6, y, w0)) ?? [];
    const angleAt = (until: number) => {
      const optimizer = naturalGradientFlow({ until });
      const run = trained({
        problem: dataset({ train: { inputs, labels }, loss: 'logistic' }),
        parameterization,
        optimizer,
      });
      expect(run.time).toBe(until);
      return angle(run.predictor ?? [], limit);
    };
    const [early, late] = [angleAt(20), angleAt(200)];
    expect(late).toBeLessThan(0.02);
    expect(early / late).toBeGreaterThan(8);
    expect(early / late).toBeLessThan(12.5);
  });

  it('depends on the start, and is a vertex other than the largest margin', async () => {
    const rows = separableRows(12, 80, 20);
    const from = async (w0: number[]) =>
      (await naturalFlowLimit(rows.x, 80, 20, rows.y, Float64Array.from(w0))) ?? new Float64Array(20);
    const a = await from(new Array(20).fill(0));
    const b = await from(gaussianRows(13, 1, 20)[0].map((value) => 5 * value));
    const margins = marginsOf(rows, a);
    expect(Math.min(...margins)).toBeGreaterThan(1 - 1e-12);
    expect(margins.filter((m) => Math.abs(m - 1) < 1e-10)).toHaveLength(20);
    expect(angle(a, b)).toBeGreaterThan(0.05);
    expect(angle(a, required(maxL2Margin(rows.x, 80, 20, rows.y)?.w))).toBeGreaterThan(0.05);
  });

  it('takes starts whose weights are all beyond the range of float64', async () => {
    const rows = separableRows(7, 20, 4);
    const w = maxL2Margin(rows.x, 20, 4, rows.y)?.w ?? new Float64Array(4);
    const far = await naturalFlowLimit(
      rows.x,
      20,
      4,
      rows.y,
      w.map((value) => 2000 * value),
    );
    expect(Math.min(...marginsOf(rows, required(far)))).toBeGreaterThan(1 - 1e-12);
  });

  it('does not exist for labels that no linear rule separates', async () => {
    const limit = naturalFlowLimit(Float64Array.of(1, 1, 2), 3, 1, Float64Array.of(1, -1, 1), new Float64Array(1));
    expect(await limit).toBeNull();
  });
});
