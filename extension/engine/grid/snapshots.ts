/** Chooses which snapshots of the runs are sent to be drawn. */
import type { Snapshots } from '../../lab/results.ts';
import type { Sample } from '../../lab/run.ts';
import { joined } from '../packedSamples.ts';

/** All snapshots of a grid that are sent, at most: about 48 MB. The paths in full precision may take many times that. */
const MOST_BYTES = 48e6;

/** Thins the snapshots of a grid's runs, evenly, so that all of them together stay small. */
export class SnapshotThinning {
  private readonly stride: number;
  /** How many snapshots of each run there were. */
  private readonly seen = new Map<number, number>();

  /** @param pathBytes size of all snapshots in full precision */
  constructor(pathBytes: number) {
    this.stride = Math.max(1, Math.ceil(pathBytes / 2 / MOST_BYTES));
  }

  /** The snapshots of a run's next samples that are sent; undefined if there are none. The first one always is. */
  of(run: number, samples: readonly Sample[]): Snapshots | undefined {
    const kept: { sample: Sample; outputs: Float64Array }[] = [];
    let position = this.seen.get(run) ?? 0;
    for (const sample of samples) {
      const { outputs } = sample;
      if (outputs && position++ % this.stride === 0) kept.push({ sample, outputs });
    }
    this.seen.set(run, position);
    if (kept.length === 0) return undefined;
    const predictors = kept.flatMap(({ sample: { predictor } }) => (predictor ? [predictor] : []));
    return {
      step: Float64Array.from(kept, ({ sample }) => sample.step),
      time: Float64Array.from(kept, ({ sample }) => sample.time),
      predictors: predictors.length === kept.length ? joined(predictors, Float32Array) : null,
      outputs: joined(
        kept.map(({ outputs }) => outputs),
        Float32Array,
      ),
    };
  }
}
