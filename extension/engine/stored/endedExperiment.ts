/** The record of an experiment that has just ended. */
import path from 'node:path';
import type { ExperimentPlan } from '../../evaluator/protocol.ts';
import type { RunResult } from '../../lab/results.ts';
import type { SourceText } from '../../report/recalled.ts';
import type { ExperimentRecord } from './experimentRecord.ts';
import { keyOf } from './storedRuns.ts';

/** What came of it. */
export interface Ended extends Pick<ExperimentRecord, 'outcome' | 'seconds' | 'theory' | 'claims' | 'summary'> {
  finished: readonly RunResult[];
}

/**
 * @param texts the lab file and what it imports, with absolute paths, the lab file first
 * @param file absolute path of the lab file
 */
export function recordOf(
  { grid, runs, spaces, pictureSpace, pathBytes }: ExperimentPlan,
  { finished, ...ended }: Ended,
  texts: readonly SourceText[],
  file: string,
): ExperimentRecord {
  const folder = path.dirname(file);
  // Runs on a GPU are not stored.
  const kept = new Set(finished.filter(({ engine }) => engine === 'cpu').map(({ id }) => id));
  return {
    name: grid.experiment,
    date: Date.now(),
    ...ended,
    sources: texts.map((one) => ({ file: path.relative(folder, one.file), text: one.text })),
    ...{ grid, spaces, pictureSpace, pathBytes },
    keys: runs.map((run) => (kept.has(run.identity.id) ? keyOf(run) : null)),
  };
}
