/** Trains the grid of one experiment and emits its events. */
import type { ClaimInputs } from '../../evaluator/protocol.ts';
import type { InspectionRequest } from '../../lab/inspection/inspection.ts';
import { summarize } from '../../lab/metrics/finding.ts';
import { counts } from '../../lab/results/index.ts';
import type { ClaimResult, RunResult, SampleBatch, Summary } from '../../lab/results.ts';
import type { RunPlan, TrainedRun } from '../../lab/run.ts';
import type { Cells } from '../../report/grid.ts';
import { isAmong, missingText } from '../../report/onlySome.ts';
import type { PlannedRuns } from '../evaluation/planned.ts';
import type { Volatile } from '../evaluation/volatile.ts';
import type { EngineEvent, Shard } from '../protocol.ts';
import type { ExecutionOptions, RunDispatcher } from '../runDispatcher.ts';
import { type Identified, recordOf } from '../stored/endedExperiment.ts';
import type { ExperimentRecord } from '../stored/experimentRecord.ts';
import type { Comparison } from '../stored/storedRuns.ts';
import type { Stored } from '../stored/stores.ts';
import { Inspections } from '../theory/inspections.ts';
import { Theories } from '../theory/theories.ts';
import type { TheoryThread } from '../theory/thread.ts';
import { detailsOf } from './details.ts';
import { SnapshotThinning } from './snapshots.ts';
import { batchOf, Trajectories } from './trajectories.ts';

/** Milliseconds between two sample messages. */
const SAMPLES_EVERY = 60;

/** Milliseconds for which what is stored waits for the first sample of what is not. */
const FIRST_SAMPLE_MS = 150;

/** Where results are kept. */
export interface Kept {
  stored: Stored;
  identified: Identified;
  volatile: Volatile;
}

export interface RunContext {
  request: number;
  dispatcher: RunDispatcher;
  theory: TheoryThread;
  options: Omit<ExecutionOptions, 'native'>;
  /** Whether the machine's C compiler may be used for long runs. */
  mayCompile: boolean;
  /** Null to keep nothing and look nothing up. */
  kept: Kept | null;
  /** Whether the experiment gets no record in the history; its runs are kept all the same. */
  isDraft: boolean;
  /** The runs whose samples the asker has. */
  carried: ReadonlySet<number>;
  /** A part of the grid, without theory and claims; null for all of it. */
  shard: Shard | null;
  /** The runs to train: of the others those are taken that are stored, and there are no claims where some are missing. */
  only: Cells | null;
  /** Whether `ran` events come with details of the run. */
  details: boolean;
  /** Whether samples come with snapshots. */
  snapshots: boolean;
  /** Whether all parameterizations are inspected; otherwise only those that diverged. */
  inspection: boolean;
  wanted: Int32Array;
  emit(event: EngineEvent): void;
  /** @throws the reason why they could not be evaluated */
  evaluateClaims(inputs: ClaimInputs): Promise<ClaimResult[]>;
  /** Takes what goes on after the experiment: the request does not end before it. */
  afterwards(work: Promise<void>): void;
}

/**
 * Runs the grid.
 * @throws the error of the first failing run; finished runs have been reported before
 */
export async function runExperiment(plan: PlannedRuns, context: RunContext): Promise<void> {
  const trajectories = new Trajectories(plan);
  try {
    requireKept(trajectories);
    await runGrid(plan, context, trajectories);
  } finally {
    trajectories.close();
    keepSafely(plan, context);
  }
}

/** Waits for the disk, and says what was not stored. */
function keepSafely({ grid: { experiment } }: PlannedRuns, { request, kept, emit }: RunContext): void {
  if (!kept) return;
  const { store, runs } = kept.stored;
  store.sync();
  for (const note of [kept.volatile.note, comparisonNote(runs.takeComparison()), store.problem]) {
    if (note !== null) emit({ type: 'noted', request, experiment, note });
  }
}

function comparisonNote({ compared, differing }: Comparison): string | null {
  if (compared === 0) return null;
  if (differing === 0) return `${compared} runs were trained again: not a bit differs from what was stored.`;
  return `${differing} of ${compared} runs that were trained again differ from what was stored.`;
}

function requireKept({ failureReason }: Trajectories): void {
  if (failureReason !== null) throw new Error(failureReason);
}

async function runGrid(plan: PlannedRuns, context: RunContext, trajectories: Trajectories): Promise<void> {
  const { request, dispatcher, theory, options, wanted, shard, only, kept, emit } = context;
  const experiment = plan.grid.experiment;
  const began = performance.now();
  const theories = new Theories(
    plan,
    async (question) => {
      if (shard || Atomics.load(wanted, 0) === 0) return null;
      const compute = () => theory.ask(question, wanted);
      return kept ? kept.stored.theories.answer(question, compute) : compute();
    },
    (answer) => emit({ type: 'theorized', request, experiment, theory: answer }),
  );
  const inspections = new Inspections(plan);
  const equals = equalRuns(plan.runs);
  const isKept = (id: number) => kept !== null && !kept.volatile.runs.has(id);
  const snapshots = context.snapshots ? new SnapshotThinning(plan.pathBytes) : null;
  const finished: RunResult[] = [];
  let pending: SampleBatch[] = [];
  let flushed = Number.NEGATIVE_INFINITY;
  const flush = () => {
    if (pending.length > 0) emit({ type: 'sampled', request, experiment, samples: pending });
    pending = [];
    flushed = performance.now();
  };
  const isRate = plan.grid.problem.errorName === 'error rate';
  const timer = setInterval(flush, SAMPLES_EVERY);
  const execute = async (run: RunPlan) => {
    const { id } = run.identity;
    let trained: TrainedRun | null = null;
    let isFirst = true;
    try {
      if (Atomics.load(wanted, 0) === 0) return;
      const stored = isKept(id) ? options.stored : null;
      const native = context.mayCompile ? { runs: equals(run) } : null;
      trained = await dispatcher.run(run, { ...options, stored, native }, wanted, (samples) => {
        trajectories.add(id, samples);
        theories.add(id, samples);
        if (context.carried.has(id)) return;
        pending.push(batchOf(id, samples, snapshots?.of(id, samples)));
        // What is first seen of a run does not wait for company.
        if (isFirst || performance.now() - flushed > SAMPLES_EVERY) flush();
        isFirst = false;
        seen();
      });
      if (!trained || Atomics.load(wanted, 0) === 0) return;
      const { parameters, ...result } = trained;
      inspections.add(trained);
      // The path of a diverged run is excluded from comparisons.
      if (!counts(result)) trajectories.delete(id);
      finished.push(result);
      flush();
      const details = context.details ? { details: detailsOf(run, parameters) } : {};
      const awaitsTheory = !shard && theories.includes(id);
      emit({ type: 'ran', request, experiment, run: result, awaitsTheory, ...details });
    } finally {
      theories.end(id, trained);
    }
  };
  let seen: () => void = () => undefined;
  const firstSeen = new Promise<void>((resolve) => {
    seen = resolve;
    setTimeout(resolve, FIRST_SAMPLE_MS).unref();
  });
  const isStored = (run: RunPlan) => isKept(run.identity.id) && (options.stored?.has(run) ?? false);
  if (only && !plan.runs.some(({ identity }) => isAmong(identity, only))) throw new Error(missingText(only));
  const chosen = inOrder(plan, shard).filter((run) => !only || isAmong(run.identity, only) || isStored(run));
  const isGradual = dispatcher.takesOneByOne(options.engine);
  const outcomes = await executed(chosen, { isStored, execute, firstSeen, isGradual });
  clearInterval(timer);
  flush();
  const seconds = (performance.now() - began) / 1000;
  await theories.settled();
  requireKept(trajectories);
  let summary: Summary | null = null;
  if (finished.length > 0 && !shard) {
    finished.sort((a, b) => a.id - b.id);
    summary = summarize(finished, trajectories, isRate, trajectories.space, plan.grid.runs);
    emit({ type: 'summarized', request, experiment, summary });
  }
  const keep = (outcome: ExperimentRecord['outcome'], claims: ClaimResult[]) => {
    if (shard || !kept || context.isDraft) return;
    const ended = {
      ...{ outcome, claims, summary },
      seconds: outcome === 'finished' ? seconds : null,
      kept: finished.filter(({ id, movedToCpu }) => isKept(id) && !movedToCpu),
      theory: theories.answers,
    };
    kept.stored.history.add(options.file, recordOf(kept.identified, ended));
  };
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  const isStopped = Atomics.load(wanted, 0) === 0;
  const isPart = chosen.length < plan.runs.length && !shard;
  if ((failed || isStopped || isPart) && finished.length > 0) keep(failed ? 'failed' : 'canceled', []);
  if (failed) throw failed.reason;
  if (isStopped || isPart) return;
  if (shard) {
    emit({ type: 'finished', request, experiment, seconds });
    return;
  }
  const { answers, failureReason } = theories;
  const inputs = { runs: finished, ...trajectories.toSend() };
  const claims =
    plan.grid.claims.length === 0
      ? []
      : await context.evaluateClaims({ ...inputs, theory: { answers, failureReason } });
  if (Atomics.load(wanted, 0) === 0) return;
  keep('finished', claims);
  emit({ type: 'claimed', request, experiment, claims });
  emit({ type: 'finished', request, experiment, seconds });
  const inspected = inspections.wanted(context.inspection);
  if (inspected) context.afterwards(inspect(inspected, plan, context));
}

/** Says more of the parameterizations. What fails here is not worth an error: the results are there. */
async function inspect(wanted: InspectionRequest, { grid }: PlannedRuns, context: RunContext): Promise<void> {
  const { theory, request, emit } = context;
  const inspection = await theory.inspect(wanted, context.wanted).catch(() => null);
  if (inspection) emit({ type: 'inspected', request, experiment: grid.experiment, inspection });
}

/** Runs that are begun in one turn of the event loop, if they need not be known together. */
const RUNS_PER_TURN = 256;

interface Execution {
  isStored(run: RunPlan): boolean;
  execute(run: RunPlan): Promise<void>;
  /** Settles with the first sample. */
  firstSeen: Promise<void>;
  /** Whether runs are begun one after the other. */
  isGradual: boolean;
}

/**
 * Executes all runs. Those that have to be trained are begun at once, or a few in each turn of the event loop, so that the
 * first samples of a large grid do not wait for its last run. What is stored is brought back after the first sample, one
 * run at a time, so that neither samples nor a cancellation waits for all of it.
 */
async function executed(
  runs: readonly RunPlan[],
  { isStored, execute, firstSeen, isGradual }: Execution,
): Promise<PromiseSettledResult<void>[]> {
  const stored = new Set(runs.filter(isStored));
  const trained = runs.filter((run) => !stored.has(run));
  const outcomes: Promise<PromiseSettledResult<void>>[] = [];
  const begin = (run: RunPlan) => outcomes.push(Promise.allSettled([execute(run)]).then(([outcome]) => outcome));
  const together = isGradual ? RUNS_PER_TURN : trained.length;
  for (let first = 0; first < trained.length; first += together) {
    if (first > 0) await nextTurn();
    for (const run of trained.slice(first, first + together)) begin(run);
  }
  if (trained.length > 0 && stored.size > 0) await firstSeen;
  for (const run of stored) {
    await nextTurn();
    begin(run);
  }
  return Promise.all(outcomes);
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** How many runs of a grid have the parameterization and the optimizer of a run. */
function equalRuns(runs: readonly RunPlan[]): (run: RunPlan) => number {
  // Runs of one cell share what they are made of, so that few names are made.
  const names = new Map<RunPlan['program'], Map<RunPlan['optimizer'], string>>();
  const nameOf = ({ identity: { parameterization, optimizer }, program, optimizer: settings }: RunPlan) => {
    const known = names.get(program) ?? new Map<RunPlan['optimizer'], string>();
    names.set(program, known);
    const name = known.get(settings) ?? JSON.stringify([parameterization, optimizer]);
    known.set(settings, name);
    return name;
  };
  const counts = new Map<string, number>();
  for (const run of runs) counts.set(nameOf(run), (counts.get(nameOf(run)) ?? 0) + 1);
  return (run) => counts.get(nameOf(run)) ?? 1;
}

/** The runs to train: every cell gets its first seed before any gets its second. */
function inOrder({ runs, grid }: PlannedRuns, shard: Shard | null): RunPlan[] {
  const order = new Map(grid.seeds.map((seed, position) => [seed, position]));
  const position = ({ identity }: RunPlan) => order.get(identity.seed) ?? 0;
  const own = shard ? runs.filter(({ identity: { id } }) => id % shard.count === shard.index - 1) : runs;
  return own.toSorted((a, b) => position(a) - position(b));
}
