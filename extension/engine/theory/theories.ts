/** Collects what theory needs of one experiment's runs, and asks when all runs on the same data have ended. */
import type { RunResult, Theory } from '../../lab/results.ts';
import type { EndedRun, TheoryRequest } from '../../lab/theory/theory.ts';
import type { Sample } from '../../lab/training/run.ts';
import type { ExperimentPlan } from '../grid/plan.ts';

/** Data sets of one experiment that theory is asked about: beyond these, of the first seed alone. */
const MOST_DATA_SETS = 32;

interface Start {
  predictor: Float64Array;
  outputs: Float64Array;
  step: number[];
  time: number[];
}

interface Group {
  request: TheoryRequest;
  /** Runs that have not ended. */
  open: Set<number>;
}

export class Theories {
  /** What has been answered. */
  readonly answers: Theory[] = [];
  /** Why some question has no answer. */
  silence: string | null = null;
  private readonly starts = new Map<number, Start>();
  private readonly groups = new Map<number, Group>();
  private readonly asked: Promise<void>[] = [];

  /**
   * @param ask null where the question was dropped
   * @param tell called with each answer
   */
  constructor(
    private readonly plan: ExperimentPlan,
    private readonly ask: (request: TheoryRequest) => Promise<Theory | null>,
    private readonly tell: (theory: Theory) => void,
  ) {
    const { seeds, points } = plan.grid;
    const isMany = seeds.length * Math.max(1, points.length) > MOST_DATA_SETS;
    const groups = new Map<string, Group>();
    for (const { identity, program, problem } of plan.runs) {
      const { id, point, seed } = identity;
      const isFirst = seed === seeds[0];
      if (program.predictor === null || (isMany && !isFirst)) continue;
      const key = JSON.stringify([point, seed]);
      const group = groups.get(key) ?? {
        request: { point, seed, problem, isShown: isFirst, runs: [] },
        open: new Set(),
      };
      if (!groups.has(key) && groups.size === MOST_DATA_SETS) continue;
      groups.set(key, group);
      group.open.add(id);
      this.groups.set(id, group);
    }
  }

  add(run: number, samples: readonly Sample[]): void {
    if (!this.groups.has(run)) return;
    for (const { predictor, outputs, step, time } of samples) {
      const start = this.starts.get(run);
      if (start) {
        start.step.push(step);
        start.time.push(time);
      } else if (predictor && outputs) this.starts.set(run, { predictor, outputs, step: [step], time: [time] });
    }
  }

  /** A run has ended; null where it failed or was dropped. */
  end(run: number, result: RunResult | null): void {
    const group = this.groups.get(run);
    if (!group) return;
    group.open.delete(run);
    const ended = result && this.ended(result);
    if (ended) group.request.runs.push(ended);
    if (group.open.size > 0 || group.request.runs.length === 0) return;
    group.request.runs.sort((a, b) => a.run - b.run);
    this.asked.push(
      this.ask(group.request).then(
        (theory) => {
          if (!theory) return;
          this.answers.push(theory);
          this.tell(theory);
        },
        (error) => {
          this.silence = error instanceof Error ? error.message : String(error);
        },
      ),
    );
  }

  /** When everything that was asked has been answered, or has no answer. */
  async settled(): Promise<void> {
    await Promise.all(this.asked);
  }

  private ended({ id, predictor, diverged }: RunResult): EndedRun | null {
    const start = this.starts.get(id);
    if (!start) return null;
    const { program, optimizer } = this.plan.runs[id];
    return {
      run: id,
      program,
      optimizer,
      start: start.predictor,
      startOutputs: start.outputs,
      end: diverged === undefined ? predictor : null,
      step: Float64Array.from(start.step),
      time: Float64Array.from(start.time),
    };
  }
}
