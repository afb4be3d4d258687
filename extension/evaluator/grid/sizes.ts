/** Predicts the results and paths of a grid, and refuses those that there is no room for. */
import { statfsSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { sizeOf } from '../../lab/compiler/shape.ts';
import { withOrigin } from '../../lab/errors.ts';
import type { Experiment } from '../../lab/experiment.ts';
import type { PredictorProgram } from '../../lab/parameterizations/parameterization.ts';
import { type AnyProblemDescription, exampleCounts, predictorShapeOf } from '../../lab/problems/index.ts';
import { requireMemory } from '../../lab/training/memory.ts';
import { MOST_SAMPLES, snapshotBytes } from '../../lab/training/sampling.ts';

/** Bytes of the curves of one run: at most 200 samples of six numbers. */
const CURVE_BYTES = 8 * 6 * MOST_SAMPLES;
/** Copies of a run's result: here, where the experiment was asked for, and on the way. */
const RESULT_COPIES = 3;

/**
 * Predicts what is known of all runs from the definition alone, before a parameterization is built.
 * @throws DefinitionError if the results do not fit into memory, or the paths of the training outputs not on the disk
 */
export function requireResults(experiment: Experiment): void {
  let [results, paths] = [0, 0];
  for (const { problem, parameterizations, optimizers } of experiment.variants) {
    const runs = parameterizations.length * optimizers.length * experiment.seeds.length;
    const { train } = exampleCounts(problem);
    results += runs * (CURVE_BYTES + RESULT_COPIES * 8 * (train + sizeOf(predictorShapeOf(problem))));
    paths += runs * snapshotBytes(train);
  }
  withOrigin(experiment.origin, () =>
    requireMemory(results, memoryLimit(), `the results of ${runsText(experiment)}`, FEWER),
  );
  requirePaths(experiment, paths);
}

const FEWER = 'Use fewer seeds or points, fewer examples or a smaller dimension.';

/** The path of one run, in both spaces. */
export function pathBytesOf(problem: AnyProblemDescription, { predictor }: PredictorProgram): number {
  return snapshotBytes((predictor === null ? 0 : sizeOf(predictorShapeOf(problem))) + exampleCounts(problem).train);
}

/** @throws DefinitionError if the paths need more than half of the space for temporary files */
export function requirePaths(experiment: Experiment, bytes: number): void {
  const { bavail, bsize } = statfsSync(tmpdir());
  withOrigin(experiment.origin, () =>
    requireMemory(bytes, (bavail * bsize) / 2, `the paths of ${runsText(experiment)}`, FEWER, 'on the disk'),
  );
}

function runsText({ variants, seeds }: Experiment): string {
  const cells = variants.reduce(
    (sum, { parameterizations, optimizers }) => sum + parameterizations.length * optimizers.length,
    0,
  );
  const runs = cells * seeds.length;
  return runs === 1 ? 'one run' : `${runs} runs`;
}

/** Half of the machine's memory; the rest is left to the editor. */
export function memoryLimit(): number {
  return totalmem() / 2;
}
