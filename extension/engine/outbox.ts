/** Sends answers to whoever asked. */
import type { EngineAnswer } from './protocol.ts';

/**
 * Sends the answers of one turn of the event loop together, in their order: a message costs its sender and its receiver
 * more than what most answers say.
 */
export class Outbox {
  private waiting: EngineAnswer[] = [];

  constructor(private readonly send: (answers: EngineAnswer[]) => void) {}

  put(answer: EngineAnswer): void {
    this.waiting.push(answer);
    if (this.waiting.length === 1) setImmediate(() => this.flush());
  }

  private flush(): void {
    const answers = this.waiting;
    this.waiting = [];
    this.send(answers);
  }
}
