/** Sends answers to whoever asked. */
import type { EngineAnswer } from './protocol.ts';

/**
 * Sends answers in their order: the samples and results of one turn of the event loop together, because a message costs
 * its sender and its receiver more than what most of them say, and everything else at once.
 */
export class Outbox {
  private waiting: EngineAnswer[] = [];
  private isScheduled = false;

  constructor(private readonly send: (answers: EngineAnswer[]) => void) {}

  put(answer: EngineAnswer): void {
    this.waiting.push(answer);
    if (answer.type !== 'sampled' && answer.type !== 'ran') this.flush();
    else if (!this.isScheduled) {
      this.isScheduled = true;
      setImmediate(() => {
        this.isScheduled = false;
        this.flush();
      });
    }
  }

  private flush(): void {
    const answers = this.waiting;
    this.waiting = [];
    if (answers.length > 0) this.send(answers);
  }
}
