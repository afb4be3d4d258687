import { describe, expect, it } from 'vitest';
import { claimText, sectionOf } from '../../../extension/export/document.ts';
import { experiment } from './fixtures.ts';

describe('a report', () => {
  it('tells a claim with its numbers', () => {
    const claim = { claim: 'one path', holds: false, error: null };
    expect(claimText({ ...claim, holds: true })).toBe('holds: one path');
    expect(claimText({ ...claim, error: 'why' })).toBe('does not hold: one path (why)');
    expect(
      claimText({
        ...claim,
        values: [{ expression: "invariance('NGD')", value: 0.0612 }],
        wanted: "invariance('NGD') < 0.05",
      }),
    ).toBe("does not hold: one path (invariance('NGD') = 0.061; wanted: invariance('NGD') < 0.05)");
  });

  it('has a row for each cell, whatever order the runs ended in', () => {
    const { title, facts, tables } = sectionOf(experiment({}));
    expect(title).toBe('small');
    expect(facts).toBe('4 examples in 2 dimensions, 2 seeds, 100 steps');
    const column = (head: string) => tables[0]?.columns.find((one) => one.head === head)?.cells;
    expect(column('parameterization')).toEqual(['linear', 'linear', 'square', 'square']);
    expect(column('optimizer')).toEqual(['GD', 'NGD', 'GD', 'NGD']);
    // The mean over seeds of id / 4, in per cent; the last cell has one run.
    expect(column('test error')?.[0]).toMatch(/^13 % ± /);
    expect(column('test error')?.[3]).toBe('150 %');
  });
});
