/** The helpers of a thread that trains: they share the long kernels of its program while no other run needs them. */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { Share, SharedProgram, Team } from '../../lab/compiler/wasm/team.ts';
import { CONTROL_LENGTH, Control, type Part, workOff } from './control.ts';

/** What a helper gets when it starts. */
export interface HelperStart {
  control: Int32Array;
  port: MessagePort;
}

/** A program that may be shared, or that none of the present ones will be. */
export type HelperMessage = { program: number; module: WebAssembly.Module; memory: WebAssembly.Memory } | 'forget';

interface Helper {
  worker: Worker;
  port: MessagePort;
  /** The programs that it has been sent. */
  known: Set<number>;
}

/** Times that a round is looked at before its end is waited for. */
const LOOKS = 2000;

/** Milliseconds without a program after which helpers end: while they wait, they free no memory. */
const PATIENCE = 5000;

export class HelperTeam implements Team {
  private readonly control = new Int32Array(new SharedArrayBuffer(4 * CONTROL_LENGTH));
  private readonly helpers: Helper[] = [];
  private programs = 0;
  private ending: NodeJS.Timeout | null = null;

  /**
   * @param script the helpers' script
   * @param most threads at most, this one included
   * @param threads asked for each kernel: how many may share it. They change no bit.
   */
  constructor(
    private readonly script: URL,
    readonly most: number,
    private readonly threads: () => number,
  ) {}

  open({ memory, moduleOf, heights }: SharedProgram): Share {
    const program = ++this.programs;
    const own = new WebAssembly.Instance(moduleOf(0), { env: { memory } }).exports as unknown as Record<number, Part>;
    return (number, argument, rows) => {
      const part = own[number]!;
      const height = heights[number]!;
      const helpers = Math.min(this.threads(), this.most, Math.ceil(rows / height)) - 1;
      if (helpers < 1) {
        if (rows > 0) part(argument, 0, rows);
        return;
      }
      for (const [position, { port, known }] of this.helpersFor(helpers).entries()) {
        if (known.has(program)) continue;
        known.add(program);
        port.postMessage({ program, module: moduleOf(position + 1), memory } satisfies HelperMessage);
      }
      this.round(part, { program, fn: number, argument, rows, height }, helpers);
    };
  }

  /** Lets the helpers forget all programs, and end if no others come soon. */
  forget(): void {
    if (this.helpers.length === 0) return;
    this.ending ??= setTimeout(() => this.end(), PATIENCE).unref();
    for (const { port, known } of this.helpers) {
      if (known.size > 0) port.postMessage('forget' satisfies HelperMessage);
      known.clear();
    }
    // An open and closed round, in which there is nothing to do.
    Atomics.add(this.control, Control.generation, 2);
    Atomics.notify(this.control, Control.generation);
  }

  private round(part: Part, values: Record<RoundValue, number>, helpers: number): void {
    const { control } = this;
    for (const name of roundValues) control[Control[name]] = values[name];
    Atomics.store(control, Control.next, 0);
    Atomics.add(control, Control.generation, 1);
    Atomics.notify(control, Control.generation, helpers);
    workOff(control, part);
    Atomics.add(control, Control.generation, 1);
    for (let look = 0; look < LOOKS && Atomics.load(control, Control.active) > 0; look++);
    for (let active = 1; active > 0; ) {
      active = Atomics.load(control, Control.active);
      if (active > 0) Atomics.wait(control, Control.active, active);
    }
    if (Atomics.exchange(control, Control.failed, 0) !== 0) throw new Error('a thread that shared this run has failed');
  }

  private end(): void {
    this.ending = null;
    for (const { worker } of this.helpers.splice(0)) void worker.terminate();
  }

  private helpersFor(count: number): Helper[] {
    if (this.ending) clearTimeout(this.ending);
    this.ending = null;
    while (this.helpers.length < count) {
      const { port1, port2 } = new MessageChannel();
      const start: HelperStart = { control: this.control, port: port2 };
      const options = { argv: process.argv.slice(2), workerData: start, transferList: [port2] };
      const worker = new Worker(this.script, options);
      worker.unref();
      port1.unref();
      this.helpers.push({ worker, port: port1, known: new Set() });
    }
    return this.helpers.slice(0, count);
  }
}

const roundValues = ['program', 'fn', 'argument', 'rows', 'height'] as const;
type RoundValue = (typeof roundValues)[number];
