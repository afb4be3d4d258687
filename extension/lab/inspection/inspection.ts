/** What is said of the parameterizations of an experiment besides their runs. */
import { followsGradientFlow, isFlow } from '../optimizers/index.ts';
import { initialize } from '../parameterizations/initialization.ts';
import { drawTraining } from '../problems/index.ts';
import type { Inspected, Inspection } from '../results.ts';
import type { RunPlan } from '../run.ts';
import { buildModel } from '../training/model.ts';
import { jacobianRank } from './jacobianRank.ts';
import { mathematicsOf } from './mathematics.ts';
import { largestStableRate } from './stableRate.ts';
import { workingRate } from './workingRate.ts';

/** Milliseconds in which rates are tried. */
const TIME_FOR_RATES = 1500;

/** What to inspect. */
export interface InspectionRequest {
  /** Runs of one seed at one point: of each parameterization, one with each optimizer. */
  runs: { plan: RunPlan; end: Float64Array | null }[];
  /** Runs that diverged. */
  diverged: RunPlan[];
}

/** Inspects the parameterizations at the start and the ends of their runs. */
export function inspectionOf({ runs, diverged }: InspectionRequest): Inspection {
  const names = [...new Set(runs.map(({ plan }) => plan.identity.parameterization))];
  const parameterizations = names.map((name) =>
    inspected(runs.filter(({ plan }) => plan.identity.parameterization === name)),
  );
  return { parameterizations, rates: ratesFor(diverged, parameterizations) };
}

function inspected(runs: InspectionRequest['runs']): Inspected {
  const [{ plan }] = runs as [InspectionRequest['runs'][0]];
  const { program, problem, identity } = plan;
  const { parameterization: name, seed } = identity;
  const data = drawTraining(problem, seed);
  const start = startOf(plan);
  const rank = jacobianRank(buildModel(program, data));
  return {
    name,
    mathematics: mathematicsOf(program),
    parameters: start.length,
    jacobian: rank && {
      of: rank.of,
      rows: rank.rows,
      start: rank.at(start),
      ends: runs.flatMap(({ plan: { identity: run }, end }) =>
        end?.every(Number.isFinite) ? [{ optimizer: run.optimizer, rank: rank.at(end) }] : [],
      ),
    },
    stableRate: largestStableRate(buildModel(program, data), start),
  };
}

/** For each optimizer with runs that diverged, a rate with which they do not. */
function ratesFor(diverged: readonly RunPlan[], parameterizations: readonly Inspected[]): Inspection['rates'] {
  const deadline = performance.now() + TIME_FOR_RATES;
  const optimizers = [...new Set(diverged.map(({ identity }) => identity.optimizer))];
  return optimizers.flatMap((optimizer) => {
    const runs = diverged.filter(({ identity }) => identity.optimizer === optimizer);
    const bounds = runs.flatMap(({ identity, optimizer: description }) => {
      if (isFlow(description)) return [];
      const stable = parameterizations.find(({ name }) => name === identity.parameterization)?.stableRate;
      const isGradient = followsGradientFlow(description);
      const isExplained = isGradient && typeof stable === 'number' && stable < description.rate;
      return isExplained ? stable : description.rate / 2;
    });
    const rate = bounds.length > 0 ? workingRate(runs, Math.min(...bounds), deadline) : null;
    return rate === null ? [] : [{ optimizer, rate }];
  });
}

/** The initial parameters of a run. */
function startOf({ program, identity }: RunPlan): Float64Array {
  const shapes = program.parameters.map(({ shape }) => shape);
  return initialize(program.initialization, shapes, identity.seed);
}
