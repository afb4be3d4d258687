import { describe, expect, it } from 'vitest';
import { sectionOf } from '../../../extension/export/document.ts';
import { experiment } from './fixtures.ts';

describe('a report', () => {
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
