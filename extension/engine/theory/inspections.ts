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
    const { id, parameters } = trained;
    const isDiverged = endingOf(trained) === 'diverged';
    const plan = this.plan.runs[id];
    if (!plan) return;
    if (isFirst(plan.identity, this.plan.grid)) this.request.runs.push({ plan, end: isDiverged ? null : parameters });
    if (isDiverged) addDiverged(this.request.diverged, plan);
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

/** Adds a run that diverged, unless its parameterization or enough others are there. */
function addDiverged(diverged: RunPlan[], plan: RunPlan): void {
  const { parameterization, optimizer } = plan.identity;
  const same = diverged.filter(({ identity }) => identity.optimizer === optimizer);
  const isKnown = same.some(({ identity }) => identity.parameterization === parameterization);
  if (!isKnown && same.length < MOST_DIVERGED) diverged.push(plan);
}

/** Runs that are looked up: each is read from the disk. */
const MOST_LOOKED_UP = 256;

/**
 * What can be inspected without training: each parameterization at its start, and where runs are stored, at their ends.
 * @param rates whether also a rate is wanted at which the stored runs do not diverge that did
 */
export function inspectedUntrained(
  { grid, runs }: PlannedRuns,
  stored: StoredRuns | null,
  rates: boolean,
): InspectionRequest {
  const request: InspectionRequest = { runs: [], diverged: [] };
  const firsts = runs.filter(({ identity }) => isFirst(identity, grid));
  const others = rates ? runs.filter(({ identity }) => !isFirst(identity, grid)) : [];
  for (const plan of [...firsts, ...others.slice(0, MOST_LOOKED_UP)]) {
    const result = stored && (stored.find(plan) ?? stored.findOnGpu(plan, undefined))?.result;
    const isDiverged = result ? endingOf(result) === 'diverged' : false;
    if (isFirst(plan.identity, grid))
      request.runs.push({ plan, end: isDiverged ? null : (result?.parameters ?? null) });
    if (isDiverged && rates) addDiverged(request.diverged, plan);
  }
  return request;
}

/** Whether a run is of the first seed at the first point. */
const isFirst = ({ seed, point }: RunIdentity, { seeds, points }: GridPlan): boolean =>
  seed === seeds[0] && pointKey(point) === pointKey(points[0] ?? null);
