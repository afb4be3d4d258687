/** Handles engine requests: loads, plans and runs experiments, and reports the outcome. */
import { availableParallelism } from 'node:os';
import { failureAt } from '../evaluator/frames.ts';
import type { ClaimInputs, DefinedExperiment, EvaluatorRequest } from '../evaluator/protocol.ts';
import { closest } from '../lab/options.ts';
import type { RunPlan } from '../lab/run.ts';
import type { Failure } from '../report/failure.ts';
import type { Recalled, SourceText } from '../report/recalled.ts';
import { CodeFailure, Ended, type Evaluator } from './evaluation/evaluator.ts';
import type { Evaluators } from './evaluation/evaluators.ts';
import { type PlannedFile, type PlannedRuns, withRuns } from './evaluation/planned.ts';
import { isSuspicious, NONE_VOLATILE, volatileRuns } from './evaluation/volatile.ts';
import { type Kept, runExperiment } from './grid/runExperiment.ts';
import type {
  EngineAnswer,
  ExplainRequest,
  HistoryRequest,
  InspectRequest,
  RecallRequest,
  RunRequest,
} from './protocol.ts';
import { recall } from './recall.ts';
import type { RunDispatcher } from './runDispatcher.ts';
import type { Sources } from './sources/sources.ts';
import { identify } from './stored/endedExperiment.ts';
import type { Stored, Stores } from './stored/stores.ts';
import { inspectedUntrained } from './theory/inspections.ts';
import type { TheoryThread } from './theory/thread.ts';

/** A request in progress. */
interface Active {
  /** 0 ends its runs. */
  wanted: Int32Array;
  evaluator: Evaluator;
  /** Evaluators that load the file once more. */
  others: Evaluator[];
  /** What goes on after its experiments. */
  afterwards: Promise<void>[];
}

/** What is answered by loading the file. */
type LoadingRequest = RunRequest | ExplainRequest | InspectRequest;

/** An experiment of the file, and its position in it. */
interface Chosen extends DefinedExperiment {
  position: number;
}

export interface RequestsOptions {
  dispatcher: RunDispatcher;
  theory: TheoryThread;
  evaluators: Evaluators;
  sources: Sources;
  stores: Stores;
  emit(answer: EngineAnswer): void;
}

export class Requests {
  private readonly active = new Map<number, Active>();

  constructor(private readonly options: RequestsOptions) {}

  /** Starts what the first run needs. @param workers threads, null for one per core */
  warm(workers: number | null): void {
    this.options.dispatcher.warm(workers ?? availableParallelism());
    this.options.evaluators.prepare();
  }

  cancel(request: number): void {
    const active = this.active.get(request);
    if (!active) return;
    const { wanted, evaluator, others } = active;
    this.options.dispatcher.drop(wanted);
    this.options.theory.drop(wanted);
    for (const one of [evaluator, ...others]) one.end();
  }

  async explain(asked: ExplainRequest): Promise<void> {
    const { request, as, instead } = asked;
    await this.serve(asked, async ({ position, experiment }, { evaluator }) => {
      const { text } = await evaluator.ask({ type: 'explain', experiment: position, as, instead });
      this.options.emit({ type: 'explained', request, experiment, text });
    });
  }

  /** Sends what can be said of parameterizations without training. */
  async inspect(asked: InspectRequest): Promise<void> {
    const { request } = asked;
    const { stores, theory, emit } = this.options;
    const stored = stores.for(asked.store);
    await this.serve(asked, async ({ position, experiment }, { evaluator, wanted }) => {
      const asWritten = { seeds: null, steps: null };
      const question = { type: 'plan', experiment: position, workers: 1, instead: asWritten } as const;
      const { plan } = withRuns(await evaluator.ask(question));
      const wished = inspectedUntrained(plan, stored?.runs ?? null, asked.rates);
      const inspection = await theory.inspect(wished, wanted);
      if (inspection) emit({ type: 'inspected', request, experiment, inspection });
    });
  }

  /** Sends what is stored of experiments; those of which nothing is are left out. */
  recall({ request, file, experiments, store }: RecallRequest): void {
    const { stores, emit } = this.options;
    const stored = stores.for(store);
    for (const { experiment, record } of stored ? experiments : []) {
      const recalled = recallSafely(file, experiment, record, stored!);
      if (recalled) emit({ type: 'recalled', request, ...recalled });
    }
    emit({ type: 'ended', request, outcome: 'done' });
  }

  /** Sends a history, after moving and pinning what is to be moved and pinned. */
  history({ request, of, moved, pins, store }: HistoryRequest): void {
    const { stores, emit } = this.options;
    const history = stores.for(store)?.history;
    if (moved) history?.move(moved.from, moved.to);
    for (const { record, isPinned } of pins) history?.pin(record, isPinned);
    const entries = of ? history?.of(of.file, of.experiment) : history?.all();
    emit({ type: 'history', request, entries: entries ?? [] });
    emit({ type: 'ended', request, outcome: 'done' });
  }

  async run(asked: RunRequest): Promise<void> {
    const { request, engine, file } = asked;
    const { dispatcher, theory, stores, emit } = this.options;
    const stored = stores.for(asked.store);
    const workers = asked.workers ?? availableParallelism();
    // While the file is loaded and its grid is planned, a thread gets ready.
    if (engine !== 'gpu') dispatcher.warm(1);
    await this.serve(asked, async ({ position, line, column, experiment }, active, texts) => {
      const { evaluator, wanted, afterwards } = active;
      const question = { type: 'plan', experiment: position, workers, instead: asked.instead } as const;
      const planned = withRuns(await evaluator.ask(question));
      const { plan, dependencies } = planned;
      const sources = texts.filter((text) => text.file !== file);
      emit({ type: 'depends', request, experiment, sources, data: dependencies.data });
      const kept = stored && (await this.kept(planned, stored, texts, asked, question));
      const carried = kept ? carriedRuns(plan, kept, asked) : [];
      const grid = asked.only ? { ...plan.grid, only: asked.only } : plan.grid;
      emit({ type: 'planned', request, grid, keys: kept?.identified.keys, carried });
      const evaluateClaims = async (inputs: ClaimInputs) =>
        (await evaluator.ask({ type: 'claims', experiment: position, inputs })).claims;
      try {
        await runExperiment(plan, {
          request,
          dispatcher,
          theory,
          options: { engine, workers, file, stored: stored?.runs ?? null },
          // What is being typed shows its first numbers at once; a compiler would come before them at every key.
          mayCompile: (asked.native ?? true) && !asked.draft,
          kept,
          isDraft: asked.draft,
          carried: new Set(carried),
          shard: asked.shard,
          only: asked.only,
          details: asked.details,
          snapshots: asked.snapshots ?? true,
          inspection: asked.inspection ?? false,
          wanted,
          emit,
          evaluateClaims,
          afterwards: (work) => afterwards.push(work),
        });
      } catch (error) {
        if (error instanceof CodeFailure || error instanceof Ended) throw error;
        const message = `a run failed: ${error instanceof Error ? error.message : String(error)}`;
        throw new CodeFailure({ ...failureAt(file, { file, line, column }), kind: 'run', message, experiment });
      }
    });
  }

  /** What of an experiment will be kept: not the runs that are others each time the file is loaded. */
  private async kept(
    planned: PlannedFile,
    stored: Stored,
    texts: readonly SourceText[],
    asked: RunRequest,
    question: EvaluatorRequest & { type: 'plan' },
  ): Promise<Kept> {
    const { file } = asked;
    const identified = identify(planned, texts, file, stored.store.folder);
    // What is being typed differs from the last record anyway.
    const before = asked.draft ? null : stored.history.latest(file, identified.name);
    if (!isSuspicious(planned.dependencies.volatile, before, identified))
      return { stored, identified, volatile: NONE_VOLATILE };
    const again = await this.planAgain(asked, question);
    return { stored, identified, volatile: volatileRuns(planned, again) };
  }

  /** Loads the file a second time and plans the experiment; null if that fails. */
  private async planAgain(
    { request, file, unsaved, limits }: RunRequest,
    question: EvaluatorRequest & { type: 'plan' },
  ): Promise<RunPlan[] | null> {
    const active = this.active.get(request);
    const evaluator = this.options.evaluators.take();
    evaluator.isSilent = true;
    active?.others.push(evaluator);
    try {
      const { modules: sources } = await this.options.sources.of(file, unsaved);
      await evaluator.ask({ type: 'load', file, sources, unsaved, limits });
      return withRuns(await evaluator.ask(question)).plan.runs;
    } catch {
      return null;
    } finally {
      evaluator.end();
    }
  }

  /** Loads the file, handles each chosen experiment, and reports the outcome. */
  private async serve(
    asked: LoadingRequest,
    handle: (chosen: Chosen, active: Active, texts: readonly SourceText[]) => Promise<void>,
  ): Promise<void> {
    const { request, file } = asked;
    const { emit, evaluators } = this.options;
    const wanted = new Int32Array(new SharedArrayBuffer(4)).fill(1);
    const active: Active = { wanted, evaluator: evaluators.take(), others: [], afterwards: [] };
    const { evaluator } = active;
    // Who asked for no run expects nothing to be printed.
    evaluator.isSilent = asked.type === 'inspect';
    this.active.set(request, active);
    const isCanceled = () => Atomics.load(wanted, 0) === 0;
    const failures = new Set<unknown>();
    const fail = (error: unknown, experiment: string | null) => {
      // The end of the evaluator is told when it happens, and is also why later questions fail.
      const cause = error instanceof CodeFailure ? error.failure : error;
      if (isCanceled() || failures.has(cause)) return;
      failures.add(cause);
      emit({ type: 'failed', request, failure: failureOf(error, file, experiment) });
    };
    evaluator.onPrinted = ({ file: at, line, text }) => emit({ type: 'printed', request, file: at, line, text });
    evaluator.onUncaught = (failure) => fail(new CodeFailure(failure), null);
    try {
      const { texts, chosen } = await this.load(asked, evaluator);
      // After an error that nothing waited for, what the file defines may be incomplete.
      for (const one of failures.size > 0 ? [] : chosen) {
        if (isCanceled() || evaluator.isOver) break;
        await handle(one, active, texts).catch((error) => fail(error, one.experiment));
      }
    } catch (error) {
      fail(error, null);
    }
    evaluator.end();
    evaluators.prepare();
    await Promise.all(active.afterwards);
    this.active.delete(request);
    emit({ type: 'ended', request, outcome: isCanceled() ? 'canceled' : failures.size > 0 ? 'failed' : 'done' });
  }

  private async load(asked: LoadingRequest, evaluator: Evaluator): Promise<{ texts: SourceText[]; chosen: Chosen[] }> {
    const { request, file, experiments: names, limits, unsaved } = asked;
    const { modules: sources, texts } = await this.options.sources.of(file, unsaved);
    const { experiments } = await evaluator.ask({ type: 'load', file, sources, unsaved, limits });
    this.options.emit({ type: 'loaded', request, experiments });
    const all = experiments.map((defined, position) => ({ ...defined, position }));
    return { texts, chosen: names === null ? all : names.map((name) => find(name, all, file)) };
  }
}

/** The ids of the runs that the asker has, and that will come from the store. */
function carriedRuns({ runs }: PlannedRuns, { stored, identified, volatile }: Kept, asked: RunRequest): number[] {
  const have = new Set(asked.have);
  // A run on a GPU may be another in the end.
  if (have.size === 0 || asked.engine === 'gpu') return [];
  return runs.flatMap((run) => {
    const { id } = run.identity;
    const isHere = have.has(identified.keys[id] ?? '') && !volatile.runs.has(id);
    return isHere && stored.runs.find(run) ? [id] : [];
  });
}

/** Stored bytes may come from anywhere: what makes no sense is not there. */
function recallSafely(file: string, experiment: string, record: string | null, stored: Stored): Recalled | null {
  try {
    return recall(file, experiment, record, stored);
  } catch {
    return null;
  }
}

function find(name: string, all: readonly Chosen[], file: string): Chosen {
  const found = all.find(({ experiment }) => experiment === name);
  if (found) return found;
  const known = all.map(({ experiment }) => experiment);
  const near = closest(name, known);
  throw new CodeFailure({
    ...failureAt(file, null),
    kind: 'definition',
    message: `there is no experiment '${name}' in this file`,
    hint: near ? `Did you mean '${near}'?` : `Available: ${known.map((other) => `'${other}'`).join(', ')}.`,
  });
}

function failureOf(error: unknown, file: string, experiment: string | null): Failure {
  if (error instanceof CodeFailure) return { ...error.failure, experiment: error.failure.experiment ?? experiment };
  const message = error instanceof Error ? error.message : String(error);
  return { ...failureAt(file, null), kind: 'engine', message, experiment };
}
