import { describe, expect, it } from 'vitest';
import { escaped } from '../../../extension/editor/escaped.ts';
import { hoverText } from '../../../extension/editor/hoverText.ts';
import { type ExperimentView, idleRecord } from '../../../extension/runs/record.ts';
import { FILE, grid, result } from '../runs/events.ts';

const view = (changes: Partial<ExperimentView> = {}): ExperimentView => ({
  ...idleRecord(FILE, 'One').view,
  status: 'finished',
  grid: grid(),
  ...changes,
});

describe('hovers', () => {
  it('show a table with the words of the user as they are', () => {
    const named = grid();
    named.parameterizations = ['a|b', 'square'];
    named.runs = named.runs.map((run) => ({ ...run, parameterization: run.id < 4 ? 'a|b' : 'square' }));
    const runs = [0, 1].map((id) => ({ ...result(id, 0.25), parameterization: 'a|b' }));
    const text = hoverText(view({ grid: named, runs }), 'a|b')!;
    expect(text.split('\n')[2]).toBe('| **a\\|b** | GD | 0 % ± 0 | 25 % ± 0 | 25 % ± 0 | 0.1 ± 0 | 2 |');
    expect(text).toContain('sample standard deviation (n − 1)');
    // How to read the bars stands below the table, which ends with an empty line.
    expect(text).toMatch(/\|\n\nMean ± .* Bars: the mean test error at 6 moments/);
    expect(hoverText(view({ grid: named, runs }), null)).not.toContain('Bars');
    const broken = [runs[0], { ...runs[1], diverged: 9 }];
    expect(hoverText(view({ grid: named, runs: broken }), 'a|b')).toContain(
      '| 25 % | 25 % | 0.1 | 1 of 2 (1 of 2 diverged) |',
    );
    expect(hoverText(view({ grid: named, runs }), 'square')).toBeNull();
    expect(hoverText(view(), null)).toBeNull();
    // What is known before the first run stands alone, and later above the table.
    expect(hoverText(view(), 'square', 'w = θ')).toBe('w = θ');
    expect(hoverText(view({ grid: named, runs }), 'a|b', 'w = θ')).toMatch(/^w = θ\n\n\| /);
  });

  it('escape what Markdown would take for its own', () => {
    expect(escaped('[x](command:y) `z`\n')).toBe('\\[x\\]\\(command:y\\) \\`z\\` ');
  });
});
