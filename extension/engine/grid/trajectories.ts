/** Collects the paths of one experiment's runs during training. */
import type { ClaimInputs } from '../../evaluator/protocol.ts';
import type { Trajectory } from '../../lab/metrics/invariance.ts';
import type { PathSpace, SampleBatch, Snapshots } from '../../lab/results.ts';
import type { Sample } from '../../lab/run.ts';
import { areFinite } from '../../lab/training/pace.ts';
import type { PlannedRuns } from '../evaluation/planned.ts';
import { PathFile } from './pathFile.ts';
import { FilePaths, MemoryPaths, type Paths } from './paths.ts';

/** Paths up to this size are kept in memory; those of larger grids in a temporary file. */
const MOST_IN_MEMORY = 2 ** 26;

/** Paths up to this size are sent in a message, larger ones in a file. */
const MOST_SENT = 2 ** 18;

/** What is known of the paths of an experiment before they are collected. */
export type PlannedPaths = Pick<PlannedRuns, 'grid' | 'spaces' | 'pathBytes' | 'pictureSpace'> & {
  runs: Pick<PlannedRuns['runs'][number], 'identity'>[];
};

export class Trajectories {
  /** Why the paths are incomplete; null if they are not. */
  failureReason: string | null = null;
  /** The paths in each space; of predictors only if every parameterization has one. */
  private readonly inSpace = new Map<PathSpace, Paths>();
  private file: PathFile | null = null;

  constructor(private readonly plan: PlannedPaths) {
    const isLarge = plan.pathBytes > MOST_IN_MEMORY;
    const file = isLarge ? this.keep(() => new PathFile()) : null;
    this.file = file;
    const spaces: PathSpace[] =
      plan.pictureSpace === 'predictors' ? ['training outputs', 'predictors'] : ['training outputs'];
    for (const space of spaces) this.inSpace.set(space, file ? new FilePaths(file) : new MemoryPaths());
  }

  /** The path on which the invariance of a run is measured. */
  get(run: number): Trajectory | undefined {
    const space = this.plan.spaces[run];
    return space && this.inSpace.get(space)?.get(run);
  }

  /** The space of the paths, if it is the same for all. */
  get space(): PathSpace | null {
    const [first, ...others] = new Set(this.plan.spaces);
    return first !== undefined && others.length === 0 ? first : null;
  }

  add(run: number, samples: readonly Sample[]): void {
    // Without the file there is nowhere to keep them.
    if (this.failureReason !== null) return;
    for (const [space, paths] of this.inSpace) {
      const times: number[] = [];
      const points: Float64Array[] = [];
      for (const sample of samples) {
        const point = pointOf(sample, space);
        if (!point || !areFinite(point)) continue;
        times.push(sample.time);
        points.push(point);
      }
      if (points.length > 0) this.keep(() => paths.append(run, times, points));
    }
  }

  /** Forgets the path of a run. */
  delete(run: number): void {
    for (const paths of this.inSpace.values()) paths.delete(run);
  }

  /**
   * The paths, as sent to the process that evaluates claims. Few claims look at all paths: unless these are small, they
   * are sent as a file, of which that process reads what it needs.
   */
  toSend(): Pick<ClaimInputs, 'inSpace' | 'spaces'> {
    const file = this.file ?? (this.plan.pathBytes > MOST_SENT ? this.keepIfPossible() : null);
    const all = (sent: (paths: Paths) => ReturnType<Paths['toSend']>) => ({
      inSpace: new Map([...this.inSpace].map(([space, paths]) => [space, sent(paths)])),
      spaces: this.plan.spaces,
    });
    try {
      return all((paths) => (file && paths instanceof MemoryPaths ? paths.inFile(file) : paths).toSend());
    } catch {
      // The disk is full, perhaps.
      return all((paths) => paths.toSend());
    }
  }

  private keepIfPossible(): PathFile | null {
    try {
      this.file = new PathFile();
    } catch {
      // They are sent as they are.
    }
    return this.file;
  }

  /** Removes the file, if there is one. */
  close(): void {
    this.file?.close();
    this.file = null;
  }

  private keep<T>(use: () => T): T | null {
    try {
      return use();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.failureReason ??= `the paths of the runs could not be kept in a temporary file: ${why}`;
      return null;
    }
  }
}

function pointOf(sample: Sample, space: PathSpace): Float64Array | null {
  return space === 'predictors' ? sample.predictor : sample.outputs;
}

/** Samples as columns, to be appended to a curve. */
export function batchOf(run: number, samples: readonly Sample[], snapshots?: Snapshots): SampleBatch {
  const column = (value: (sample: Sample) => number) => {
    const values = new Float64Array(samples.length);
    for (let i = 0; i < values.length; i++) values[i] = value(samples[i]!);
    return values;
  };
  return {
    run,
    step: column((sample) => sample.step),
    time: column((sample) => sample.time),
    trainLoss: column((sample) => sample.train.loss),
    trainError: column((sample) => sample.train.error),
    testLoss: column((sample) => sample.test?.loss ?? Number.NaN),
    testError: column((sample) => sample.test?.error ?? Number.NaN),
    predictor: samples.findLast((sample) => sample.predictor !== null)?.predictor ?? null,
    ...(snapshots ? { snapshots } : {}),
  };
}
