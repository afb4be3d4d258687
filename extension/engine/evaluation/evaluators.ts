/** Supplies evaluators. Some are started in advance, so that requests do not wait for a process to start. */
import { Evaluator } from './evaluator.ts';

/** Two, since a request often follows soon on the one before: when a file is edited while it runs. */
const SPARES = 2;
/** Milliseconds after which a request is not short. */
const LONG_REQUEST_MS = 1000;

export class Evaluators {
  private readonly spares: Evaluator[];

  /**
   * @param script the evaluator's script
   * @param isForOne whether there will be a single request, after which no other has to be ready
   */
  constructor(
    private readonly script: URL,
    private readonly isForOne = false,
  ) {
    this.spares = [new Evaluator(script)];
  }

  /**
   * An evaluator for one request; the caller ends it. The next ones are started when the caller calls {@link prepare} at
   * the end of the request, at the latest after a second: their start would compete with a short request for the cores.
   */
  take(): Evaluator {
    setTimeout(() => this.prepare(), LONG_REQUEST_MS).unref();
    for (let spare = this.spares.shift(); spare; spare = this.spares.shift()) if (!spare.isOver) return spare;
    return new Evaluator(this.script);
  }

  /** Starts the next ones, and has all of them rehearse. */
  prepare(): void {
    if (this.isForOne) return;
    while (this.spares.length < SPARES) this.spares.push(new Evaluator(this.script));
    for (const spare of this.spares) spare.rehearse();
  }
}
