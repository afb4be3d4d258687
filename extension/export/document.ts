/** What a report says in words and tables, whatever it is written in. */
import { numberText } from '../lab/results/index.ts';
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

/** A claim in words, with its numbers: `holds: one path (invariance('NGD') = 0.0014; wanted: invariance('NGD') < 0.05)`. */
export function claimText({ claim, holds, error, values = [], wanted }: ClaimResult): string {
  const numbers = values.map(({ expression, value }) => `${expression} = ${numberText(value, 'number')}`).join(', ');
  const details = [error ?? '', numbers, wanted ? `wanted: ${wanted}` : ''].filter(Boolean).join('; ');
  return `${holds ? 'holds' : 'does not hold'}: ${claim}${details ? ` (${details})` : ''}`;
}
