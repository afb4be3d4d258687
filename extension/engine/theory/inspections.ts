/** Collects what is to be inspected of an experiment: when its runs have ended, or without training it. */
import type { InspectionRequest } from '../../lab/inspection/inspection.ts';
import { endingOf, pointKey } from '../../lab/results/index.ts';
import type { RunIdentity } from '../../lab/results.ts';
import type { RunPlan, TrainedRun } from '../../lab/run.ts';
import type { GridPlan } from '../../report/grid.ts';
import type { PlannedRuns } from '../evaluation/planned.ts';
import type { StoredRuns } from '../stored/storedRuns.ts';

/** Parameterizations with the same optimizer whose runs are repeated with other rates. */
const MOST_DIVERGED = 6;

export class Inspections {
  private readonly request: InspectionRequest = { runs: [], diverged: [] };

  constructor(private readonly plan: PlannedRuns) {}

  add(trained: TrainedRun): void {
    const { id, parameters, parameterization, optimizer } = trained;
    const isDiverged = endingOf(trained) === 'diverged';
    const plan = this.plan.runs[id];
    if (!plan) return;
    if (isFirst(plan.identity, this.plan.grid)) this.request.runs.push({ plan, end: isDiverged ? null : parameters });
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

/** What can be inspected without training: each parameterization at its start, and where runs of it are stored, at their ends. */
export function inspectedUntrained({ grid, runs }: PlannedRuns, stored: StoredRuns | null): InspectionRequest {
  const firsts = runs.filter(({ identity }) => isFirst(identity, grid));
  return { runs: firsts.map((plan) => ({ plan, end: stored && storedEnd(plan, stored) })), diverged: [] };
}

function storedEnd(plan: RunPlan, stored: StoredRuns): Float64Array | null {
  const result = (stored.find(plan) ?? stored.findOnGpu(plan, undefined))?.result;
  return result && endingOf(result) !== 'diverged' ? result.parameters : null;
}

/** Whether a run is of the first seed at the first point. */
const isFirst = ({ seed, point }: RunIdentity, { seeds, points }: GridPlan): boolean =>
  seed === seeds[0] && pointKey(point) === pointKey(points[0] ?? null);
