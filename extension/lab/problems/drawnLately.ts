/**
 * Keeps the data that were drawn last: the cells of a grid share those of a seed, and so does an experiment whose
 * parameterizations are edited.
 */
import { LRUCache } from 'lru-cache';
import type { Inputs, ProblemData, ProblemDescription } from './problem.ts';

/** Bytes that are kept in each thread, at most. */
const MOST_BYTES = 2 ** 25;

const known = new LRUCache<string, ProblemData, () => ProblemData>({
  maxSize: MOST_BYTES,
  sizeCalculation: bytesOf,
  memoMethod: (_key, _stale, { context: draw }) => draw(),
});

/**
 * The data of a problem for one seed. They must not be changed: others may get them, too.
 * @param problem as plain data
 * @param draw draws them
 */
export function drawnLately(problem: ProblemDescription, seed: number, draw: () => ProblemData): ProblemData {
  // Given data are large, and there is nothing to draw.
  if (Object.values(problem).some(ArrayBuffer.isView)) return draw();
  return known.memo(JSON.stringify([seed, problem]), { context: draw });
}

function bytesOf({ train, trainTargets, test, testTargets, truth }: ProblemData): number {
  const arrays = [valuesOf(train), trainTargets, test && valuesOf(test), testTargets, truth];
  return arrays.reduce((sum, array) => sum + (array?.byteLength ?? 0), 1);
}

const valuesOf = (inputs: Inputs) => (inputs.kind === 'rows' ? inputs.values : inputs.indices);
