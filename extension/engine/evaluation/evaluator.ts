/** One evaluator process, which executes user code for one request. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Channel } from '../../evaluator/channel.ts';
import { killDescendants } from '../../evaluator/descendants.ts';
import { failureAt } from '../../evaluator/frames.ts';
import {
  CHANNEL_FD,
  type EvaluatorAnswer,
  type EvaluatorRequest,
  isEvaluatorMessage,
  MARK,
  type Printed,
} from '../../evaluator/protocol.ts';
import type { Failure } from '../../report/failure.ts';
import { withMemoryLimit } from '../memoryLimit.ts';
import { rehearsal } from './rehearsal.ts';

/** After so many, another one makes the next request hardly faster. */
const REHEARSALS = 3;

/** Milliseconds that an evaluator has to end itself and its children. */
const END_GRACE_MS = 1000;

/** A failure of user code, with its place. */
export class CodeFailure extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** The evaluator was ended because its request was canceled. */
export class Ended extends Error {}

type AnswerTo<R extends EvaluatorRequest['type']> = Extract<
  EvaluatorAnswer,
  { type: { rehearse: 'planned'; load: 'loaded'; plan: 'planned'; explain: 'explained'; claims: 'claimed' }[R] }
>;

interface Pending {
  resolve(answer: EvaluatorAnswer): void;
  reject(reason: Error): void;
}

export class Evaluator {
  /** Called with errors of user code that no request waits for. */
  onUncaught: (failure: Failure) => void = () => undefined;
  /** Called with what user code prints, and where. */
  onPrinted: (printed: Printed) => void = () => undefined;
  /** Whether what user code prints is discarded. */
  isSilent = false;
  private readonly mark = randomUUID();
  private readonly child;
  private readonly channel: Channel;
  /** Settles when rehearsals are over; null if there are none. */
  private rehearsed: Promise<void> | null = null;
  private isAsked = false;
  private file = '';
  private pending: Pending | null = null;
  /** Why it takes no more requests. */
  private over: Error | null = null;
  private lastWords = '';

  /** @param script the evaluator's script */
  constructor(private readonly script: URL) {
    const { execPath, execArgv } = withMemoryLimit();
    this.child = spawn(execPath, [...execArgv, fileURLToPath(script)], {
      // A group of its own: what user code starts ends with it.
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, [MARK]: this.mark },
    });
    this.child.on('error', () => undefined); // the channel closes, too
    // Where the process had no chance to do it itself.
    this.child.once('exit', () => this.killDescendants());
    for (const [stream, sink] of [
      [this.child.stdout, process.stdout],
      [this.child.stderr, process.stderr],
    ] as const) {
      stream?.on('data', (text: Buffer) => {
        this.lastWords = (this.lastWords + text.toString('latin1')).slice(-2000);
        if (!this.isSilent) sink.write(text);
      });
    }
    this.channel = new Channel(this.child.stdio[CHANNEL_FD] as Duplex, {
      onMessage: (message) => this.receive(message),
      onClose: () => this.closed(),
    });
  }

  /** Whether it takes no more requests. */
  get isOver(): boolean {
    return this.over !== null;
  }

  /**
   * Asks for one thing; the previous answer must have arrived.
   * @throws CodeFailure if user code is wrong, exceeds its limits or ends its process; Ended after {@link end}
   */
  async ask<R extends EvaluatorRequest>(request: R): Promise<AnswerTo<R['type']>> {
    this.isAsked = true;
    await this.rested();
    if (this.over) throw this.over;
    if (request.type === 'load') this.file = request.file;
    const answer = await this.answerTo(request);
    if (answer.type === 'failed') throw new CodeFailure(answer.failure);
    return answer as AnswerTo<R['type']>;
  }

  private answerTo(request: EvaluatorRequest): Promise<EvaluatorAnswer> {
    return new Promise((resolve, reject) => {
      this.pending = { resolve, reject };
      this.channel.send(request);
    });
  }

  /** Loads and plans experiments of our own until there is a request, so that V8 has compiled what that needs. */
  rehearse(): void {
    if (!this.isAsked) this.rehearsed ??= this.rehearseOften();
  }

  /** Resolves when it does not rehearse. */
  async rested(): Promise<void> {
    await this.rehearsed;
  }

  private async rehearseOften(): Promise<void> {
    try {
      for (let time = 1; time <= REHEARSALS && !this.isAsked; time++)
        await this.answerTo({ type: 'rehearse', module: rehearsal(this.script, time) });
    } catch {
      // It has ended, which is told to whoever asks.
    }
  }

  /** Ends the process and what it has started. */
  end(): void {
    this.finish(new Ended('the request has ended'));
  }

  private receive(message: unknown): void {
    if (!isEvaluatorMessage(message)) {
      this.finish(this.failure('the process of this file has sent something unexpected'));
      return;
    }
    if (message.type === 'ending') this.finish(new CodeFailure(message.failure));
    else if (message.type === 'uncaught') this.onUncaught(message.failure);
    else if (message.type === 'printed') this.onPrinted(message);
    else {
      const { pending } = this;
      this.pending = null;
      pending?.resolve(message);
    }
  }

  private closed(): void {
    if (this.over) return;
    // The engine may end as soon as this request has, so nothing is left for later.
    this.child.kill('SIGKILL');
    this.killDescendants();
    const isMemory = /heap out of memory|allocation failed|bad_alloc/i.test(this.lastWords);
    this.finish(
      this.failure(isMemory ? 'the code of this file used up the memory' : 'the process of this file has ended'),
    );
  }

  private killDescendants(): void {
    if (this.child.pid !== undefined) killDescendants(this.child.pid, this.mark);
  }

  private failure(message: string): CodeFailure {
    const hint = 'Finished runs are kept.';
    return new CodeFailure({ ...failureAt(this.file, null), message, hint });
  }

  private finish(reason: Error): void {
    if (this.over) return;
    this.over = reason;
    // The process ends itself and what it has started when its channel is closed.
    this.channel.close();
    setTimeout(() => this.child.kill('SIGKILL'), END_GRACE_MS).unref();
    if (this.pending) this.pending.reject(reason);
    else if (reason instanceof CodeFailure) this.onUncaught(reason.failure);
    this.pending = null;
  }
}
