/** Client of an engine process: starts it, restarts it after a crash, and terminates it if it does not respond. */
import { type ChildProcess, fork } from 'node:child_process';
import { totalmem } from 'node:os';
import { inOneBuffer } from '../lab/ownArrays.ts';
import type { Failure } from '../report/failure.ts';
import type { HistoryEntry } from '../report/history.ts';
import type { Recalled } from '../report/recalled.ts';
import { withMemoryLimit } from './memoryLimit.ts';
import {
  BESIDE,
  type CodeLimits,
  type EngineAnswer,
  type EngineEvent,
  type EngineRequest,
  type ExplainRequest,
  FOR_ONE,
  type HistoryRequest,
  type InspectRequest,
  isEngineAnswer,
  type RecallRequest,
  type RunRequest,
  type Shard,
  type StoreRequest,
} from './protocol.ts';

/** A pending request. */
export interface EngineRun {
  readonly request: number;
  /** Cancels the run; an engine that does not respond is terminated. */
  cancel(): void;
  readonly ended: Promise<'done' | 'canceled' | 'failed'>;
}

export interface EngineClientOptions {
  /** Absolute path of the engine's script. */
  enginePath: string;
  /** The present limits of user code (default: those of {@link codeLimitsOf}). */
  limits?(): CodeLimits;
  /** Whether there will be a single request. */
  isForOne?: boolean;
  /** Whether somebody works while it trains: then its threads give way. */
  isBeside?: boolean;
  /** Receives the output of user code. */
  onOutput?: (text: string) => void;
}

/** What a run request says of what it is not asked for. */
const UNLESS_SAID = {
  store: null,
  shard: null,
  /** The seeds and steps of the definition. */
  instead: { seeds: null, steps: null },
  only: null,
  details: false,
  unsaved: [],
  draft: false,
  have: [],
};

/** Milliseconds that an engine has to respond to a cancellation before it is terminated. */
const CANCEL_GRACE_MS = 1500;

/** Milliseconds that an engine has to close its stores. */
const END_GRACE_MS = 10_000;

/**
 * The limits of user code.
 * @param seconds of processor time for each stage (default 10)
 * @param gibibytes of memory (default: 3/8 of the machine's memory, less than what ends the process)
 */
export function codeLimitsOf(seconds?: number, gibibytes?: number): CodeLimits {
  return { seconds: seconds ?? 10, bytes: gibibytes ? gibibytes * 2 ** 30 : Math.floor((3 / 8) * totalmem()) };
}

type Asked = RunRequest | ExplainRequest | InspectRequest | RecallRequest | HistoryRequest;

interface Pending {
  asked: Asked;
  /** The process that received the request. */
  child: ChildProcess;
  onEvent(answer: EngineAnswer): void;
  settle(outcome: 'done' | 'canceled' | 'failed'): void;
  canceled: boolean;
  /** The last planned experiment. */
  experiment: string | null;
}

export class EngineClient {
  private process: ChildProcess | null = null;
  private readonly pending = new Map<number, Pending>();
  private nextRequest = 1;

  constructor(private readonly options: EngineClientOptions) {}

  /** Starts the engine and what the first run needs, unless it is running. @param workers threads, null for one per core */
  warm(workers: number | null): void {
    if (this.process) return;
    this.process = this.start();
    this.process.send({ type: 'warm', workers } satisfies EngineRequest);
  }

  /** Runs experiments of a file; `ended` is always the last event. */
  run(
    what: Omit<RunRequest, 'type' | 'request' | 'limits' | keyof typeof UNLESS_SAID> & {
      store?: StoreRequest | null;
      shard?: Shard | null;
      instead?: RunRequest['instead'];
      only?: RunRequest['only'];
      details?: boolean;
      unsaved?: RunRequest['unsaved'];
      draft?: boolean;
      have?: string[];
    },
    onEvent: (event: EngineEvent) => void,
  ): EngineRun {
    return this.ask(
      (request, limits) => ({
        ...{ type: 'run', request, limits, ...UNLESS_SAID },
        ...what,
      }),
      (answer) => {
        if (answer.type !== 'explained' && answer.type !== 'recalled' && answer.type !== 'history') onEvent(answer);
      },
    );
  }

  /** Asks for what is stored of experiments of a file; nothing of the user's is executed. */
  recall(what: Omit<RecallRequest, 'type' | 'request'>, onRecalled: (recalled: Recalled) => void): EngineRun {
    return this.ask(
      (request) => ({ type: 'recall', request, ...what }),
      (answer) => {
        if (answer.type === 'recalled') onRecalled(answer);
      },
    );
  }

  /** Asks for the history of an experiment or of all; nothing of the user's is executed. */
  async history(what: Omit<HistoryRequest, 'type' | 'request'>): Promise<HistoryEntry[]> {
    let entries: HistoryEntry[] = [];
    await this.ask(
      (request) => ({ type: 'history', request, ...what }),
      (answer) => {
        if (answer.type === 'history') entries = answer.entries;
      },
    ).ended;
    return entries;
  }

  /** Requests the experiments of a file in words, or as scripts in Python. */
  explain(
    what: Omit<ExplainRequest, 'type' | 'request' | 'limits'>,
    onEvent: (answer: EngineAnswer) => void,
  ): EngineRun {
    return this.ask((request, limits) => ({ type: 'explain', request, limits, ...what }), onEvent);
  }

  /** Asks what can be said of the parameterizations of a file's experiments without training. */
  inspect(
    what: Omit<InspectRequest, 'type' | 'request' | 'limits'>,
    onEvent: (answer: EngineAnswer) => void,
  ): EngineRun {
    return this.ask((request, limits) => ({ type: 'inspect', request, limits, ...what }), onEvent);
  }

  /** Ends the engine and all its requests. Resolves when its process is gone. */
  dispose(): Promise<void> {
    for (const request of [...this.pending.keys()]) this.end(request, 'canceled');
    const child = this.process;
    this.process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    // It closes its stores when it is left alone.
    if (child.connected) child.disconnect();
    const timer = setTimeout(() => child.kill('SIGKILL'), END_GRACE_MS);
    timer.unref();
    return new Promise((resolve) => {
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private ask(
    make: (request: number, limits: CodeLimits) => Asked,
    onEvent: (answer: EngineAnswer) => void,
  ): EngineRun {
    const request = this.nextRequest++;
    const asked = make(request, this.options.limits?.() ?? codeLimitsOf());
    this.process ??= this.start();
    const child = this.process;
    const ended = new Promise<'done' | 'canceled' | 'failed'>((resolve) => {
      this.pending.set(request, { asked, child, onEvent, settle: resolve, canceled: false, experiment: null });
    });
    child.send(asked satisfies EngineRequest);
    return { request, ended, cancel: () => this.cancel(request) };
  }

  private cancel(request: number): void {
    const pending = this.pending.get(request);
    if (!pending || pending.canceled) return;
    pending.canceled = true;
    if (pending.child.connected) pending.child.send({ type: 'cancel', request } satisfies EngineRequest);
    setTimeout(() => {
      if (this.pending.has(request)) this.kill(pending.child);
    }, CANCEL_GRACE_MS);
  }

  private start(): ChildProcess {
    const { enginePath, isForOne, isBeside, onOutput } = this.options;
    const child = fork(enginePath, [...(isForOne ? [FOR_ONE] : []), ...(isBeside ? [BESIDE] : [])], {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      ...withMemoryLimit(),
    });
    let lastWords = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => {
        lastWords = (lastWords + text).slice(-2000);
        onOutput?.(text);
      });
    }
    child.on('message', (answers) => {
      for (const answer of Array.isArray(answers) ? answers : [])
        if (isEngineAnswer(answer)) this.receive(inOneBuffer(answer));
    });
    child.on('error', () => undefined); // `exit` follows, or the process was never started
    child.once('exit', () => {
      if (this.process === child) this.process = null;
      this.reportDeath(child, lastWords);
    });
    return child;
  }

  /** Kills the process; the next request starts a new one. */
  private kill(child: ChildProcess): void {
    if (this.process === child) this.process = null;
    child.kill('SIGKILL');
  }

  private receive(event: EngineAnswer): void {
    const pending = this.pending.get(event.request);
    if (!pending) return;
    if (event.type === 'planned') pending.experiment = event.grid.experiment;
    if (event.type === 'ended') this.end(event.request, event.outcome);
    else pending.onEvent(event);
  }

  private end(request: number, outcome: 'done' | 'canceled' | 'failed'): void {
    const pending = this.pending.get(request);
    if (!pending) return;
    this.pending.delete(request);
    pending.onEvent({ type: 'ended', request, outcome });
    pending.settle(outcome);
  }

  /** Fails all requests of a process that has exited. */
  private reportDeath(child: ChildProcess, lastWords: string): void {
    for (const [request, pending] of [...this.pending]) {
      if (pending.child !== child) continue;
      if (pending.canceled) this.end(request, 'canceled');
      else {
        const why = /heap out of memory|allocation failed|bad_alloc/i.test(lastWords)
          ? 'the engine ran out of memory'
          : 'the engine exited unexpectedly';
        this.fail(request, pending, 'engine', why, 'Finished runs are kept; the engine restarts with the next run.');
      }
    }
  }

  private fail(request: number, pending: Pending, kind: Failure['kind'], message: string, hint: string): void {
    const failure: Failure = {
      kind,
      message,
      hint,
      file: fileOf(pending.asked),
      line: 1,
      column: 1,
      endLine: null,
      endColumn: null,
      fixes: [],
      experiment: pending.experiment,
    };
    pending.onEvent({ type: 'failed', request, failure });
    this.end(request, 'failed');
  }
}

/** The lab file that a request is about; empty for the history of a whole store. */
function fileOf(asked: Asked): string {
  return asked.type === 'history' ? (asked.of?.file ?? '') : asked.file;
}
