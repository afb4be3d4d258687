/** Supplies evaluators. One is started in advance, so that a request does not wait for a process to start. */
import { Evaluator } from './evaluator.ts';

export class Evaluators {
  private spare: Evaluator | null;

  /**
   * @param script the evaluator's script
   * @param isForOne whether there will be a single request, after which no other has to be ready
   */
  constructor(
    private readonly script: URL,
    private readonly isForOne = false,
  ) {
    this.spare = new Evaluator(script, false);
  }

  /** An evaluator for one request; the caller ends it. */
  take(): Evaluator {
    const { spare } = this;
    this.spare = null;
    return spare === null || spare.isOver ? new Evaluator(this.script, false) : spare;
  }

  /** Starts the next one. Not when one is taken: its start would compete with the file that has just been asked for. */
  prepare(): void {
    if (!this.isForOne) this.spare ??= new Evaluator(this.script, true);
  }
}
