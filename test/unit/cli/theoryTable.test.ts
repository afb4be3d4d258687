import { describe, expect, it } from 'vitest';
import { theoryTable } from '../../../extension/cli/theoryTable.ts';
import type { Comparison, Theory } from '../../../extension/lab/results.ts';
import { grid, result } from '../webview/fixtures.ts';

function tableOf(...ends: Record<string, Comparison>[]): string {
  const comparisons = ends.map((to, run) => ({ run, to }));
  const theory: Theory = { point: null, seed: 1, targets: [], conditions: [], curves: [], comparisons };
  return theoryTable(
    grid,
    ends.map((_, run) => result(run, 0, 0)),
    [theory],
    Number.POSITIVE_INFINITY,
  );
}

describe('the table of theory', () => {
  it('has residuals after the predictors, and says what the numbers are', () => {
    const end = (residual: number) => ({ stationarity: { residual }, 'max L2 margin': { angle: Math.PI / 6 } });
    const lines = tableOf(end(0.2), end(0.4)).split('\n');
    expect(lines[0].trim()).toBe(
      'Angle to the directions predicted by theory; residual of the conditions predicted by theory (0: met):',
    );
    expect(lines[1]).toMatch(/max L2 margin +stationarity/);
    expect(lines.at(-1)).toMatch(/linear +GD +30\.0° ± 0 +0\.30 ± 0\.14/);
  });

  it('is empty where theory says nothing', () => {
    expect(tableOf()).toBe('');
    expect(tableOf({ truth: { distance: 1 } })).toMatch(/^ {2}Relative distance to the predictions of theory:/);
  });
});
