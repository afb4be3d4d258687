/** Requests runs from the engine and stores their results, with one record per experiment and file. */
import type { EngineEvent } from '../engine/protocol.ts';
import type { Failure } from '../report/failure.ts';
import type { ExperimentChoice, ExperimentView, ViewMessage } from '../report/view.ts';
import type { Wishes } from './engine.ts';
import type { RunServiceOptions } from './options.ts';
import { Patience } from './patience.ts';
import {
  type ExperimentRecord,
  idleRecord,
  isBusy,
  keysOnView,
  type News,
  type RecordEvent,
  reduce,
} from './record.ts';
import { movedFailure, renamed } from './renamed.ts';
import { askedOf, cancel, type Request } from './request.ts';
import type { ResultsSource } from './resultsSource.ts';
import { type Subscription, subscription } from './subscription.ts';

type Listener = (file: string, experiment: string, message: ViewMessage) => void;
type StartListener = (file: string, experiment: string) => void;

export class RunService implements ResultsSource {
  private readonly records = new Map<string, ExperimentRecord>();
  /** The request of each experiment's latest run. */
  private readonly requests = new Map<string, Request>();
  /** Failures of files whose experiments are unknown. */
  private readonly fileFailures = new Map<string, Failure[]>();
  /** The experiments found in the text of each open file. */
  private readonly declared = new Map<string, ReadonlySet<string>>();
  /** The list of choices, until a record comes, goes or gets another status. */
  private listed: ExperimentChoice[] | null = null;
  private readonly listeners = new Set<Listener>();
  private readonly startListeners = new Set<StartListener>();
  private readonly failureListeners = new Set<() => void>();

  constructor(private readonly options: RunServiceOptions) {}

  view(file: string, experiment: string): ExperimentView | null {
    return this.records.get(key(file, experiment))?.view ?? null;
  }

  choices(): ExperimentChoice[] {
    this.listed ??= [...this.records.values()].map(({ view: { file, experiment, status } }) => ({
      file,
      experiment,
      status,
    }));
    return this.listed;
  }

  subscribe(listener: Listener): Subscription {
    return subscription(this.listeners, listener);
  }

  run(file: string, experiment: string): void {
    this.start(file, [experiment]);
  }

  /** Runs experiments of a file (null for all). A run of the same experiment that is in progress is cancelled. */
  start(file: string, experiments: readonly string[] | null, wishes: Wishes = {}): void {
    void this.begun(file, experiments, wishes);
  }

  /** Like {@link start}; resolves to false if the file is not ready, for example because the user did not save it. */
  begun(file: string, experiments: readonly string[] | null, wishes: Wishes = {}): Promise<boolean> {
    const begin = (isReady: boolean) => {
      if (isReady) this.startReady(file, experiments, wishes);
      return isReady;
    };
    const isReady = wishes.draft ? true : this.options.prepare(file);
    return typeof isReady === 'boolean' ? Promise.resolve(begin(isReady)) : isReady.then(begin);
  }

  stop(file: string, experiment: string): void {
    const request = this.requests.get(key(file, experiment));
    if (request) cancel(request);
  }

  stopAll(): void {
    for (const request of new Set(this.requests.values())) cancel(request);
  }

  /** Says that a file, or what it imports, is being typed: what is wrong with a draft of it can wait. */
  typing(file: string): void {
    for (const request of new Set(this.requests.values())) if (request.file === file) request.patience?.again();
  }

  /** Whether the run of an experiment that is in progress is one of a text that is being typed. */
  isDraft(file: string, experiment: string): boolean {
    return this.requests.get(key(file, experiment))?.wishes.draft ?? false;
  }

  /** Whether any run is in progress. */
  get busy(): boolean {
    return [...this.records.values()].some(({ view }) => isBusy(view));
  }

  /** Declares the experiments defined in a file's text, so that they can be selected before they run. */
  declare(file: string, experiments: readonly string[]): void {
    const known = new Set(experiments);
    this.declared.set(file, known);
    let changed = false;
    for (const name of this.namesIn(file)) {
      const { view } = this.records.get(key(file, name))!;
      if (known.has(name) || view.status !== 'idle') continue;
      this.records.delete(key(file, name));
      changed = true;
    }
    for (const name of experiments) {
      if (this.records.has(key(file, name))) continue;
      this.records.set(key(file, name), idleRecord(file, name));
      changed = true;
    }
    if (!changed) return;
    this.listed = null;
    this.notify(file, '', { type: 'choices', choices: this.choices() });
  }

  /**
   * Shows stored results of an experiment; returns whether it does.
   * @param replaces whether they take the place of results of this window
   */
  restore(view: ExperimentView, replaces = false): boolean {
    const { file, experiment } = view;
    const at = key(file, experiment);
    const before = this.records.get(at);
    if (!before || isBusy(before.view) || (before.view.status !== 'idle' && !replaces)) return false;
    const record = { ...before, view, keys: [] };
    this.records.set(at, record);
    this.listed = null;
    this.notify(file, experiment, this.message({ type: 'view' }, view));
    return true;
  }

  /** Moves what is known of a file to its new path. Its runs in progress go on. */
  rename(from: string, to: string): void {
    for (const name of this.namesIn(from)) {
      const [before, after] = [key(from, name), key(to, name)];
      this.records.set(after, renamed(this.records.get(before)!, from, to));
      this.records.delete(before);
      const request = this.requests.get(before);
      if (!request) continue;
      request.file = to;
      this.requests.set(after, request);
      this.requests.delete(before);
    }
    const failures = this.fileFailures.get(from);
    if (failures)
      this.fileFailures.set(
        to,
        failures.map((failure) => movedFailure(failure, from, to)),
      );
    this.fileFailures.delete(from);
    this.declared.delete(from);
    this.listed = null;
    this.notify(to, '', { type: 'choices', choices: this.choices() });
    this.notifyFailures();
  }

  /** Records whether the text of an experiment differs from the text that was run. */
  setEdited(file: string, experiment: string, changed: boolean): void {
    if (this.records.has(key(file, experiment))) this.apply(file, experiment, { type: 'edited', changed });
  }

  /** The failures of the latest runs of all experiments that still exist. */
  failures(): Failure[] {
    const ofRecords = [...this.records.values()]
      .filter(({ view }) => this.declared.get(view.file)?.has(view.experiment) ?? true)
      .flatMap(({ failures }) => failures);
    return [...new Set([...ofRecords, ...[...this.fileFailures.values()].flat()])];
  }

  /** Called when a run is asked for: it will be one of the present text. */
  onStart(listener: StartListener): Subscription {
    return subscription(this.startListeners, listener);
  }

  /** Called when {@link failures} may have changed. */
  onFailures(listener: () => void): Subscription {
    return subscription(this.failureListeners, listener);
  }

  private startReady(file: string, experiments: readonly string[] | null, wishes: Wishes): void {
    const asked = experiments ?? this.namesIn(file);
    const earlier = new Set(asked.flatMap((name) => this.requests.get(key(file, name)) ?? []));
    // A request is cancelled as a whole: its other unfinished experiments are requeued after the new ones.
    const names = new Set([...asked, ...[...earlier].flatMap((old) => this.unfinished(old))]);
    const request: Request = {
      file,
      asked: file,
      run: null,
      ended: Promise.resolve(),
      all: experiments === null,
      experiments: names,
      canceled: false,
      wishes,
      unsaved: this.options.unsaved(),
      patience: wishes.draft ? new Patience((events) => this.receiveLate(request, events)) : null,
    };
    this.fileFailures.delete(file);
    for (const name of names) {
      this.requests.set(key(file, name), request);
      this.begins(file, name);
    }
    this.notifyFailures();
    for (const old of earlier) cancel(old);
    const begin = () => this.begin(request, experiments && [...names]);
    // Cancelling an unresponsive run ends its engine process, so the next run waits until it has ended.
    request.ended = earlier.size === 0 ? begin() : Promise.all([...earlier].map(({ ended }) => ended)).then(begin);
  }

  private unfinished(request: Request): string[] {
    const { file, experiments } = request;
    return [...experiments].filter((name) => {
      const { view } = this.records.get(key(file, name)) ?? {};
      return this.requests.get(key(file, name)) === request && view !== undefined && isBusy(view);
    });
  }

  private namesIn(file: string): string[] {
    return [...this.records.values()].filter(({ view }) => view.file === file).map(({ view }) => view.experiment);
  }

  /** Sends the request to the engine; resolves when the run has ended. */
  private begin(request: Request, experiments: string[] | null): Promise<unknown> {
    const { file, all, experiments: names } = request;
    const isWanted = all || [...names].some((name) => this.requests.get(key(file, name)) === request);
    if (!isWanted) return Promise.resolve();
    if (request.canceled) {
      this.receive(request, { type: 'ended', request: 0, outcome: 'canceled' });
      return Promise.resolve();
    }
    const asked = { ...askedOf(request, this.options.settings(file)), experiments, have: this.onView(request) };
    request.run = this.options.engineFor(file).run(asked, (event) => {
      if (!request.patience?.hold(event)) this.receive(request, event);
    });
    return request.run.ended;
  }

  /** The keys of the runs on view of the experiments that are asked for. */
  private onView({ file, experiments }: Request): string[] {
    return [...experiments].flatMap((name) => keysOnView(this.records.get(key(file, name))));
  }

  /** What is wrong with a text that is no longer the present one is not said. */
  private receiveLate(request: Request, events: readonly EngineEvent[]): void {
    const { experiments, file } = request;
    for (const event of events) {
      const isEdited = [...experiments].some((name) => this.records.get(key(file, name))?.edited);
      if (!isEdited) this.receive(request, event);
      else if (event.type === 'ended') this.receive(request, { ...event, outcome: 'canceled' });
    }
  }

  private receive(request: Request, event: EngineEvent): void {
    const { file } = request;
    switch (event.type) {
      case 'depends':
        if (this.requests.get(key(file, event.experiment)) === request) {
          this.options.onDepends?.(file, event.experiment, event);
        }
        return;
      case 'loaded':
        for (const { experiment } of event.experiments) this.join(request, experiment);
        return;
      case 'printed':
        this.options.onPrinted?.(file, event);
        return;
      case 'planned':
        this.join(request, event.grid.experiment);
        this.applyOwn(request, event.grid.experiment, event);
        return;
      case 'failed':
        this.fail(request, event);
        return;
      case 'ended':
        for (const experiment of request.experiments) {
          if (!this.applyOwn(request, experiment, event)) continue;
          this.requests.delete(key(file, experiment));
        }
        return;
      default:
        this.applyOwn(request, event.experiment, event);
    }
  }

  /** Adds an experiment to a request for all experiments, whose names are known once the file is loaded. */
  private join(request: Request, experiment: string): void {
    if (!request.all || request.experiments.has(experiment)) return;
    const at = key(request.file, experiment);
    request.experiments.add(experiment);
    this.requests.set(at, request);
    this.begins(request.file, experiment);
  }

  /** Fails all unfinished experiments of the request if the failure does not belong to a specific one. */
  private fail(request: Request, { failure: asked, ...rest }: EngineEvent & { type: 'failed' }): void {
    const failure = movedFailure(asked, request.asked, request.file);
    const event = { ...rest, failure };
    const { experiment } = failure;
    const concerned = [...request.experiments].filter((name) => {
      if (experiment !== null) return name === experiment;
      const view = this.view(request.file, name);
      return view !== null && isBusy(view);
    });
    const applied = concerned.filter((name) => this.applyOwn(request, name, event));
    if (applied.length === 0 && concerned.length === 0) {
      this.fileFailures.set(request.file, [...(this.fileFailures.get(request.file) ?? []), event.failure]);
    }
    this.notifyFailures();
  }

  /** Applies an event unless a newer request has taken over the experiment. */
  private applyOwn(request: Request, experiment: string, event: EngineEvent): boolean {
    if (this.requests.get(key(request.file, experiment)) !== request) return false;
    this.apply(request.file, experiment, event);
    return true;
  }

  private begins(file: string, experiment: string): void {
    for (const listener of this.startListeners) listener(file, experiment);
    this.apply(file, experiment, { type: 'started' });
  }

  private apply(file: string, experiment: string, event: RecordEvent): void {
    const at = key(file, experiment);
    const before = this.records.get(at);
    const { record, news } = reduce(before ?? idleRecord(file, experiment), event, Date.now());
    this.records.set(at, record);
    if (before?.view.status !== record.view.status) this.listed = null;
    for (const item of news) this.notify(file, experiment, this.message(item, record.view));
  }

  private message(news: News, view: ExperimentView): ViewMessage {
    return news.type === 'view' ? { type: 'view', view, choices: this.choices() } : news;
  }

  private notify(file: string, experiment: string, message: ViewMessage): void {
    for (const listener of this.listeners) listener(file, experiment, message);
  }

  private notifyFailures(): void {
    for (const listener of this.failureListeners) listener();
  }
}

const key = (file: string, experiment: string) => `${file}\n${experiment}`;
