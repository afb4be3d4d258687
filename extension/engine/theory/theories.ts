/** Collects what theory needs of one experiment's runs, and asks when all runs on the same data have ended. */
import { sizeOf } from '../../lab/compiler/shape.ts';
import { type AnyProblemDescription, exampleCounts, inputKindOf, predictorShapeOf } from '../../lab/problems/index.ts';
import { counts, endingOf } from '../../lab/results/index.ts';
import type { Theory } from '../../lab/results.ts';
import type { Sample, TrainedRun } from '../../lab/run.ts';
import type { EndedRun } from '../../lab/theory/run.ts';
import { isTheorized, type TheoryRequest } from '../../lab/theory/theory.ts';
import type { ExperimentPlan } from '../grid/plan.ts';

/** Data sets of one experiment that theory is asked about, at most; the first seed of each point goes first. */
const MOST_DATA_SETS = 32;
/** Numbers in all of these together: a few seconds of linear programs. */
const MOST_NUMBERS = 300_000;
/** A completion takes as long as a linear program on so many times the numbers. */
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
  /** What has been answered. */
  readonly answers: Theory[] = [];
  /** Why some question has no answer. */
  failureReason: string | null = null;
  private readonly starts = new Map<number, Start>();
  /** One for each data set, and that of each run. */
  private readonly requests = new Map<string, TheoryRequest>();
  private readonly requestOf = new Map<number, TheoryRequest>();

  /**
   * @param ask null where the question was dropped
   * @param tell called with each answer
   */
  constructor(
    private readonly plan: ExperimentPlan,
    private readonly ask: (request: TheoryRequest) => Promise<Theory | null>,
    private readonly tell: (theory: Theory) => void,
  ) {
    let numbers = 0;
    // By seed, then by point.
    const runs = plan.grid.seeds.flatMap((seed) => plan.runs.filter(({ identity }) => identity.seed === seed));
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
    }
  }

  add(run: number, samples: readonly Sample[]): void {
    if (!this.requestOf.has(run)) return;
    for (const { predictor, outputs, step, time } of samples) {
      const start = this.starts.get(run);
      if (start) {
        start.step.push(step);
        start.time.push(time);
      } else if (outputs) this.starts.set(run, { predictor, outputs, step: [step], time: [time] });
    }
  }

  /** A run has ended; null where it failed or was dropped. */
  end(run: number, result: TrainedRun | null): void {
    const ended = result && this.ended(result);
    if (ended) this.requestOf.get(run)?.runs.push(ended);
  }

  /** Asks, once all runs have ended: linear programs must not take cores from them. */
  async settled(): Promise<void> {
    const requests = [...this.requests.values()].filter(({ runs }) => runs.length > 0);
    await Promise.all(
      requests.map((request) => {
        request.runs.sort((a, b) => a.run - b.run);
        return this.ask(request).then(
          (theory) => {
            if (!theory) return;
            this.answers.push(theory);
            this.tell(theory);
          },
          (error) => {
            this.failureReason = error instanceof Error ? error.message : String(error);
          },
        );
      }),
    );
  }

  private ended(result: TrainedRun): EndedRun | null {
    const { id, predictor, parameters } = result;
    const isIncluded = counts(result);
    const start = this.starts.get(id);
    if (!start) return null;
    const { program, optimizer } = this.plan.runs[id];
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
