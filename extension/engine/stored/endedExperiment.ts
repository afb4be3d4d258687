/** The record of an experiment: its part that is known before training, and what came of it. */
import path from 'node:path';
import packageJson from '../../../package.json' with { type: 'json' };
import type { RunResult } from '../../lab/results.ts';
import type { DataFile, SourceText } from '../../report/recalled.ts';
import type { PlannedFile } from '../evaluation/planned.ts';
import type { ExperimentRecord } from './experimentRecord.ts';
import { relativePath } from './history.ts';
import { keyOf, kindOf } from './storedRuns.ts';

/** The experiment itself, before it is trained. */
export interface Identified
  extends Pick<
    ExperimentRecord,
    'name' | 'file' | 'version' | 'sources' | 'data' | 'grid' | 'spaces' | 'pictureSpace' | 'pathBytes'
  > {
  /** The key of each run, by its id. */
  keys: string[];
}

/** What came of it. */
export interface Ended extends Pick<ExperimentRecord, 'outcome' | 'seconds' | 'theory' | 'claims' | 'summary'> {
  /** The runs that ended and are stored. */
  kept: readonly RunResult[];
}

/**
 * @param texts the lab file and what it imports, with absolute paths, the lab file first
 * @param file absolute path of the lab file
 * @param storeFolder where the store is
 */
export function identify(
  { plan: { grid, runs, spaces, pictureSpace, pathBytes }, dependencies: { data } }: PlannedFile,
  texts: readonly SourceText[],
  file: string,
  storeFolder: string,
): Identified {
  const folder = path.dirname(file);
  const placed = <T extends SourceText | DataFile>(files: readonly T[]) =>
    files.map((one) => ({ ...one, file: path.relative(folder, one.file) }));
  return {
    name: grid.experiment,
    file: relativePath(storeFolder, file),
    version: packageJson.version,
    sources: placed(texts),
    data: placed(data),
    ...{ grid, spaces, pictureSpace, pathBytes },
    keys: runs.map(keyOf),
  };
}

export function recordOf({ keys, ...identified }: Identified, { kept, ...ended }: Ended): ExperimentRecord {
  const kinds = new Map(kept.map((run) => [run.id, kindOf(run)]));
  const runs = keys.map((key, id) => {
    const kind = kinds.get(id);
    return kind ? { kind, key } : null;
  });
  return { ...identified, ...ended, date: Date.now(), runs };
}
