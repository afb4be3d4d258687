import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { table } from '../../../extension/cli/table.ts';
import { grid, result } from '../webview/fixtures.ts';

const widths = (text: string) => text.split('\n').map((line) => stringWidth(line));

describe('the table of runs', () => {
  const runs = grid.runs.map(({ id }) => result(id, 0.1, 0.3, id < 2 ? { diverged: 5 } : {}));

  it.each([120, 80, 60, 40])('fits %d columns', (width) => {
    expect(widths(table(grid, runs, width)).every((one) => one <= width)).toBe(true);
  });

  it('says of how many runs its numbers are, and never shows those that diverged', () => {
    const lines = table(grid, runs, 200).split('\n');
    expect(lines.find((line) => /linear +GD/.test(line))).toMatch(/0 of 2 +– +– +– +–/);
    expect(lines.find((line) => /square +NGD/.test(line))).toMatch(/2 of 2 +0\.1 ± 0 /);
    expect(lines).toContain('  mean ± sample standard deviation (n − 1) over n = 2 seeds');
    expect(lines).toContain(
      '  Diverged: linear · GD, 2 of 2: seeds 1, 2 (first at step 5). Averages include only the runs that finished.',
    );
    const whole = grid.runs.map(({ id }) => result(id, 0.1, 0.3));
    expect(table(grid, whole, 200)).not.toContain('finished');
    expect(table(grid, whole.slice(1), 200)).toContain('Stopped: 1 of 8 runs.');
  });
});
