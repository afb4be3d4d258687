/** The paths of one experiment's runs in one space, in memory or in a file. */
import type { StoredPath, StoredPaths } from '../../evaluator/storedPaths.ts';
import type { PathsByRun, Trajectory } from '../../lab/metrics/invariance.ts';
import type { PathFile } from './pathFile.ts';

/** The paths in one space. */
export interface Paths extends PathsByRun {
  append(run: number, times: readonly number[], points: readonly Float64Array[]): void;
  delete(run: number): void;
  /** The runs that have a path. */
  runs(): Iterable<number>;
  toSend(): Map<number, Trajectory> | StoredPaths;
}

export class MemoryPaths implements Paths {
  private readonly paths = new Map<number, Trajectory>();

  append(run: number, times: readonly number[], points: readonly Float64Array[]): void {
    const path = this.paths.get(run) ?? { times: [], points: [] };
    this.paths.set(run, path);
    path.times.push(...times);
    path.points.push(...points);
  }

  get(run: number): Trajectory | undefined {
    return this.paths.get(run);
  }

  delete(run: number): void {
    this.paths.delete(run);
  }

  runs(): Iterable<number> {
    return this.paths.keys();
  }

  toSend(): Map<number, Trajectory> {
    return this.paths;
  }

  /** The same paths in a file. */
  inFile(file: PathFile): FilePaths {
    const copy = new FilePaths(file);
    for (const [run, { times, points }] of this.paths) copy.append(run, times, points);
    return copy;
  }
}

/** Paths in a file. */
export class FilePaths implements Paths {
  private readonly stored = new Map<number, StoredPath>();

  constructor(private readonly file: PathFile) {}

  append(run: number, times: readonly number[], points: readonly Float64Array[]): void {
    const size = points[0]?.length ?? 0;
    const width = size + 1;
    const numbers = new Float64Array(points.length * width);
    points.forEach((point, i) => {
      numbers[i * width] = times[i]!;
      numbers.set(point, i * width + 1);
    });
    const path = this.stored.get(run) ?? { size, parts: [] };
    path.parts.push(this.file.append(numbers), points.length);
    this.stored.set(run, path);
  }

  get(run: number): Trajectory | undefined {
    const path = this.stored.get(run);
    return path && this.file.read(path);
  }

  delete(run: number): void {
    this.stored.delete(run);
  }

  runs(): Iterable<number> {
    return this.stored.keys();
  }

  toSend(): StoredPaths {
    return { file: this.file.path, runs: this.stored };
  }
}
