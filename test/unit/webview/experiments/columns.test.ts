import { describe, expect, it } from 'vitest';
import type { ExperimentRow, LatestRun } from '../../../../extension/report/experimentRow.ts';
import { arranged } from '../../../../webview/experiments/columns.ts';

const latest = (more: Partial<LatestRun> = {}): LatestRun => ({
  ...{ date: 1, outcome: 'finished', seconds: 1, claims: { held: 1, total: 2 } },
  ...{ finding: 'NGD takes one path.', runs: { ended: 8, total: 8 } },
  ...more,
});
const row = (experiment: string, more: Partial<ExperimentRow> = {}): ExperimentRow => ({
  ...{ file: `/lab/${experiment}.lab.ts`, path: `${experiment}.lab.ts`, experiment, line: 3, latest: null },
  ...more,
});
const rows = [
  row('Beta', { latest: latest({ seconds: 9, claims: { held: 2, total: 2 } }) }),
  row('alpha', { latest: latest({ seconds: 10 }) }),
  row('Gamma'),
];
const names = (view: Partial<Parameters<typeof arranged>[1]>) =>
  arranged(rows, { filter: '', sort: '', descending: false, ...view }).map(({ experiment }) => experiment);

describe('the table of experiments', () => {
  it('sorts names without regard to case, and numbers as numbers', () => {
    expect(names({ sort: 'experiment' })).toEqual(['alpha', 'Beta', 'Gamma']);
    expect(names({ sort: 'seconds' })).toEqual(['Beta', 'alpha', 'Gamma']);
    expect(names({ sort: 'claims', descending: true })).toEqual(['Beta', 'alpha', 'Gamma']);
  });

  it('puts what has not run last, whatever the direction', () => {
    expect(names({ sort: 'seconds', descending: true })).toEqual(['alpha', 'Beta', 'Gamma']);
    expect(names({ sort: 'date', descending: true }).at(-1)).toBe('Gamma');
  });

  it('shows the rows that hold every word of the filter', () => {
    expect(names({ filter: 'one path' })).toEqual(['Beta', 'alpha']);
    expect(names({ filter: 'gam' })).toEqual(['Gamma']);
    expect(names({ filter: 'not run' })).toEqual(['Gamma']);
    expect(names({ filter: 'beta alpha' })).toEqual([]);
  });

  it('leaves its rows as they were', () => {
    names({ sort: 'seconds', descending: true });
    expect(rows.map(({ experiment }) => experiment)).toEqual(['Beta', 'alpha', 'Gamma']);
  });
});
