/** Supervises the thread that executes user code: relays requests and answers, and enforces the limits. */
import { totalmem } from 'node:os';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Place } from '../lab/errors.ts';
import { failureAt, userFrame } from './frames.ts';
import { Meter, type Use } from './meter.ts';
import type { CodeLimits, EvaluatorAnswer, EvaluatorNotice, EvaluatorRequest } from './protocol.ts';
import { standingPlace } from './standing.ts';

type Stage = Exclude<EvaluatorRequest['type'], 'rehearse'> | 'idle';
type Message = EvaluatorAnswer | EvaluatorNotice;

/** Room for the deepest nesting that is read, also where no function has been optimized yet. */
const STACK_MB = 32;

const doing: Record<Stage, string> = {
  load: 'loading this file',
  plan: 'planning this experiment',
  explain: 'explaining this experiment',
  claims: 'checking the claims of this experiment',
  idle: 'code of this file that goes on running after it was loaded',
};

/** What the thread receives before it loads user code. */
export interface ThreadStart {
  port: MessagePort;
  /** Becomes 1 before the first process is started. */
  spawned: Int32Array;
}

export class Supervisor {
  private readonly spawned = new Int32Array(new SharedArrayBuffer(4));
  private readonly worker: Worker;
  private readonly port;
  private meter: Meter | null = null;
  private stage: Stage = 'idle';
  private file = '';
  private limits: CodeLimits = { seconds: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY };
  private isReady = false;
  private early: EvaluatorRequest | null = null;
  private isOver = false;

  /**
   * @param script the thread's script
   * @param send sends to the engine
   */
  constructor(
    private readonly script: URL,
    private readonly send: (message: Message) => void,
  ) {
    // The memory limit of the process comes first; V8 must not end the thread before.
    const maxOldGenerationSizeMb = Math.floor(totalmem() / 2 ** 20);
    this.worker = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb, stackSizeMb: STACK_MB } });
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    this.worker.postMessage({ port: port2, spawned: this.spawned } satisfies ThreadStart, [port2]);
    port1.on('message', (message: Message | { type: 'ready' }) => this.relay(message));
    this.worker.on('error', (error) => this.died(error));
    this.worker.on('exit', (code) => this.exited(code));
  }

  /** Whether user code has started processes. */
  get hasChildren(): boolean {
    return Atomics.load(this.spawned, 0) === 1;
  }

  /** Passes a request to the thread, once that is ready: its start is not the user's. */
  take(request: EvaluatorRequest): void {
    if (!this.isReady) {
      this.early = request;
      return;
    }
    if (request.type === 'load') {
      ({ file: this.file, limits: this.limits } = request);
      this.meter = new Meter((use) => void this.check(use));
    }
    // A rehearsal is ours, and may take what it needs.
    if (request.type !== 'rehearse') this.begin(request.type);
    this.port.postMessage(request);
  }

  private begin(stage: Stage): void {
    this.stage = stage;
    this.meter?.begin(stage === 'idle');
  }

  private relay(message: Message | { type: 'ready' }): void {
    if (this.isOver) return;
    if (message.type === 'ready') {
      this.isReady = true;
      if (this.early) this.take(this.early);
      return;
    }
    if (message.type === 'ending') this.close();
    else if (message.type !== 'uncaught' && message.type !== 'printed') this.begin('idle');
    this.send(message);
  }

  private async check({ seconds, bytes }: Use): Promise<void> {
    const { limits, stage } = this;
    const isTooLong = seconds > limits.seconds;
    if (this.isOver || !(isTooLong || bytes > limits.bytes)) return;
    this.close();
    const place = await standingPlace(this.script.href);
    const [used, hint] = isTooLong
      ? [`${limits.seconds} s of processor time`, 'Is there an infinite loop?']
      : [`${(limits.bytes / 2 ** 30).toPrecision(3)} GiB of memory`, 'Is there a loop that allocates?'];
    const setting = isTooLong
      ? "'depthLab.code.timeLimit' (--code-time)"
      : "'depthLab.code.memoryLimit' (--code-memory)";
    this.fail(`${doing[stage]} used more than ${used}`, `${hint} The limit is the setting ${setting}.`, place);
  }

  /** An error that ended the thread. */
  private died(error: Error & { code?: string }): void {
    if (this.isOver) return;
    this.close();
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      this.fail(`${doing[this.stage]} used up the memory`, 'Is there a loop that allocates?', null);
    } else this.fail(String(error.message), null, userFrame(String(error.stack)));
  }

  private exited(code: number): void {
    // The end may be told before the last words.
    for (let last = receiveMessageOnPort(this.port); last; last = receiveMessageOnPort(this.port))
      this.relay(last.message as Message);
    if (this.isOver) return;
    this.close();
    if (this.stage === 'load' && code === 0) {
      const hint = 'A promise that it awaits is never settled.';
      this.fail('this file waits for something that never happens', hint, null);
    } else this.fail('the process of this file has ended', null, null);
  }

  private close(): void {
    this.isOver = true;
    this.meter?.stop();
  }

  private fail(message: string, hint: string | null, place: Place | null): void {
    this.send({ type: 'ending', failure: { ...failureAt(this.file, place), message, hint } });
  }
}
