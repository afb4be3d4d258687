/** Collects from the runs of an experiment what is to be inspected when they have ended. */
import type { ExperimentPlan } from '../../evaluator/protocol.ts';
import type { InspectionRequest } from '../../lab/inspection/inspection.ts';
import { endingOf } from '../../lab/results/index.ts';
import type { TrainedRun } from '../../lab/run.ts';

/** Parameterizations with the same optimizer whose runs are repeated with other rates. */
const MOST_DIVERGED = 6;

export class Inspections {
  private readonly request: InspectionRequest = { runs: [], diverged: [] };

  constructor(private readonly plan: ExperimentPlan) {}

  add(trained: TrainedRun): void {
    const { id, parameters, parameterization, optimizer } = trained;
    const isDiverged = endingOf(trained) === 'diverged';
    const plan = this.plan.runs[id];
    const { seeds, points } = this.plan.grid;
    if (!plan) return;
    const { seed, point } = plan.identity;
    const isFirst = seed === seeds[0] && (point === null || JSON.stringify(point) === JSON.stringify(points[0]));
    if (isFirst) this.request.runs.push({ plan, end: isDiverged ? null : parameters });
    if (!isDiverged) return;
    const same = this.request.diverged.filter(({ identity }) => identity.optimizer === optimizer);
    const isKnown = same.some(({ identity }) => identity.parameterization === parameterization);
    if (!isKnown && same.length < MOST_DIVERGED) this.request.diverged.push(plan);
  }

  /** What to inspect: all parameterizations, or those that diverged. Null if there is nothing. */
  wanted(all: boolean): InspectionRequest | null {
    const { diverged } = this.request;
    const names = new Set(diverged.map(({ identity }) => identity.parameterization));
    const runs = this.request.runs
      .filter(({ plan }) => all || names.has(plan.identity.parameterization))
      .toSorted((a, b) => a.plan.identity.id - b.plan.identity.id);
    return runs.length === 0 ? null : { runs, diverged };
  }
}
