/**
 * Collects the inputs of theory from one experiment's runs, and requests predictions when all runs on the same data
 * have ended.
 */
import { sizeOf } from '../../lab/compiler/shape.ts';
import { type AnyProblemDescription, exampleCounts, inputKindOf, predictorShapeOf } from '../../lab/problems/index.ts';
import { counts, endingOf } from '../../lab/results/index.ts';
import type { Theory } from '../../lab/results.ts';
import type { RunPlan, Sample, TrainedRun } from '../../lab/run.ts';
import type { EndedRun } from '../../lab/theory/run.ts';
import { isTheorized, type TheoryRequest } from '../../lab/theory/theory.ts';
import type { PlannedRuns } from '../evaluation/planned.ts';

/** Maximum number of data sets per experiment; the first seed of each point has priority. */
const MOST_DATA_SETS = 32;
/** Maximum total size of these data sets, which corresponds to a few seconds of linear programs. */
const MOST_NUMBERS = 300_000;
/** Cost of a completion relative to a linear program of the same size. */
const COMPLETION_WEIGHT = 40;

interface Start {
  predictor: Float64Array | null;
  outputs: Float64Array;
  step: number[];
  time: number[];
}

function numbersOf(problem: AnyProblemDescription): number {
  const entries = sizeOf(predictorShapeOf(problem));
  return inputKindOf(problem) === 'rows' ? entries * exampleCounts(problem).train : COMPLETION_WEIGHT * entries;
}

export class Theories {
  /** The predictions so far. */
  readonly answers: Theory[] = [];
  /** Why some predictions could not be computed. */
  failureReason: string | null = null;
  private readonly starts = new Map<number, Start>();
  /** One request per data set, and the request of each run. */
  private readonly requests = new Map<string, TheoryRequest>();
  private readonly requestOf = new Map<number, TheoryRequest>();
  /** Number of runs of each request that have not ended. */
  private readonly left = new Map<TheoryRequest, number>();
  private readonly asked: Promise<void>[] = [];

  /**
   * @param ask returns null if the request was dropped
   * @param tell called with each result
   */
  constructor(
    private readonly plan: PlannedRuns,
    private readonly ask: (request: TheoryRequest) => Promise<Theory | null>,
    private readonly tell: (theory: Theory) => void,
  ) {
    let numbers = 0;
    // By seed, then by point.
    const bySeed = new Map<number, RunPlan[]>(plan.grid.seeds.map((seed) => [seed, []]));
    for (const run of plan.runs) bySeed.get(run.identity.seed)?.push(run);
    const runs = [...bySeed.values()].flat();
    for (const { identity, program, optimizer, problem } of runs) {
      const { id, point, seed } = identity;
      if (!isTheorized(program, optimizer, problem)) continue;
      const key = JSON.stringify([point, seed]);
      let request = this.requests.get(key);
      if (!request) {
        numbers += numbersOf(problem);
        const { size } = this.requests;
        if (size === MOST_DATA_SETS || (size > 0 && numbers > MOST_NUMBERS)) break;
        request = { point, seed, problem, isShown: seed === plan.grid.seeds[0], runs: [] };
        this.requests.set(key, request);
      }
      this.requestOf.set(id, request);
      this.left.set(request, (this.left.get(request) ?? 0) + 1);
    }
  }

  /** Whether predictions will be asked for the data of this run. */
  includes(run: number): boolean {
    return this.requestOf.has(run);
  }

  add(run: number, samples: readonly Sample[]): void {
    if (!this.requestOf.has(run)) return;
    for (const { predictor, outputs, step, time } of samples) {
      const start = this.starts.get(run);
      if (start) {
        start.step.push(step);
        start.time.push(time);
      } else if (outputs) {
        // They go to another thread, which would get all that they are views of.
        this.starts.set(run, {
          predictor: predictor?.slice() ?? null,
          outputs: outputs.slice(),
          step: [step],
          time: [time],
        });
      }
    }
  }

  /**
   * Records the end of a run; null if it failed or was dropped. Predictions are requested when all runs on the same data
   * have ended, so that linear programs rarely compete with the runs for cores.
   */
  end(run: number, result: TrainedRun | null): void {
    const request = this.requestOf.get(run);
    if (!request) return;
    const ended = result && this.ended(result);
    if (ended) request.runs.push(ended);
    const left = (this.left.get(request) ?? 0) - 1;
    this.left.set(request, left);
    if (left === 0 && request.runs.length > 0) this.asked.push(this.request(request));
  }

  /** Waits for all predictions, after all runs have ended. */
  async settled(): Promise<void> {
    await Promise.all(this.asked);
  }

  private async request(request: TheoryRequest): Promise<void> {
    request.runs.sort((a, b) => a.run - b.run);
    try {
      const theory = await this.ask(request);
      if (!theory) return;
      this.answers.push(theory);
      this.tell(theory);
    } catch (error) {
      this.failureReason = error instanceof Error ? error.message : String(error);
    }
  }

  private ended(result: TrainedRun): EndedRun | null {
    const { id, predictor, parameters } = result;
    const isIncluded = counts(result);
    const start = this.starts.get(id);
    const plan = this.plan.runs[id];
    if (!start || !plan) return null;
    const { program, optimizer } = plan;
    return {
      run: id,
      program,
      optimizer,
      start: start.predictor,
      startOutputs: start.outputs,
      isFinished: endingOf(result) === 'finished',
      end: isIncluded ? predictor : null,
      parameters: isIncluded ? parameters : null,
      step: Float64Array.from(start.step),
      time: Float64Array.from(start.time),
    };
  }
}
