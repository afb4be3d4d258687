/** What a report says in words and tables, whatever it is written in. */
import type { ClaimResult } from '../lab/results.ts';
import { resultTable, type TextTable, theoryTable } from '../report/tables.ts';
import type { ExportedExperiment } from './exported.ts';

export interface Section {
  title: string;
  /** Problem, seeds, steps. */
  facts: string;
  finding: string;
  tables: TextTable[];
  claims: readonly ClaimResult[];
}

export function sectionOf({ grid, results }: ExportedExperiment): Section {
  const runs = [...results.runs].sort((a, b) => a.id - b.id);
  const theory = theoryTable(grid, runs, results.theory);
  const seeds = `${grid.seeds.length} ${grid.seeds.length === 1 ? 'seed' : 'seeds'}`;
  return {
    title: grid.experiment,
    facts: [grid.problem.description, seeds, grid.steps === null ? 'flows' : `${grid.steps} steps`].join(', '),
    finding: results.summary?.sentence ?? '',
    tables: [resultTable(grid, runs), ...(theory ? [theory] : [])],
    claims: results.claims,
  };
}
