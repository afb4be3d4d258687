import { describe, expect, it } from 'vitest';
import { leastL1Fit, maxL1Margin } from '../../../../../extension/lab/theory/leastL1.ts';
import { naturalFlowLimit } from '../../../../../extension/lab/theory/naturalFlowLimit.ts';
import { required } from '../../../required.ts';
import { gaussianRows } from '../../trained.ts';

describe('linear programs', () => {
  it('with an edge of minimizers name no limit of natural gradient flow', async () => {
    // min 5 w₁ subject to w₁ ≥ 1, 2 w₁ ± w₂ ≥ 1: w₁ = 1, |w₂| ≤ 1.
    const x = Float64Array.of(1, 0, 2, 1, 2, -1);
    expect(await naturalFlowLimit(x, 3, 2, Float64Array.of(1, 1, 1), new Float64Array(2))).toBeNull();
    // A start off the axis of symmetry tilts the cost, and there is one.
    expect(await naturalFlowLimit(x, 3, 2, Float64Array.of(1, 1, 1), Float64Array.of(0, 0.3))).not.toBeNull();
  });

  it('with twin columns name no L1 fit or margin, and with columns of their own they do', async () => {
    const rows = gaussianRows(3, 4, 5);
    const twins = Float64Array.from(rows.flatMap((row) => [...row, row[0]]));
    const own = Float64Array.from(rows.flatMap((row) => [...row, 0.9 * row[0] - 0.2 * row[1]]));
    const y = Float64Array.from(rows, (row) => row[0]);
    const labels = y.map(Math.sign);
    expect(await leastL1Fit(twins, 4, 6, y)).toBeNull();
    expect(await leastL1Fit(own, 4, 6, y)).not.toBeNull();
    expect(await maxL1Margin(own, 4, 6, labels)).not.toBeNull();
    // A twin of a column that the margin uses.
    const margin = (await maxL1Margin(own, 4, 6, labels)) ?? new Float64Array(6);
    const used = margin.findIndex((value) => Math.abs(value) > 0.1);
    const doubled = Float64Array.from({ length: 4 }, (_, i) => own[i * 6 + used]);
    const wider = Float64Array.from(
      Array.from(doubled, (value, i) => [...own.subarray(i * 6, i * 6 + 6), value]).flat(),
    );
    expect(await maxL1Margin(wider, 4, 7, labels)).toBeNull();
  });

  it('with a degenerate vertex that is the only minimizer name it', async () => {
    // Three examples whose margins are all 1 at the same point of the plane.
    const x = Float64Array.of(1, 0, 0, 1, 0.5, 0.5);
    const w = await naturalFlowLimit(x, 3, 2, Float64Array.of(1, 1, 1), new Float64Array(2));
    expect(Array.from(required(w))).toEqual([1, 1]);
  });
});
