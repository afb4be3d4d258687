/** Holds back what is wrong with a text until its typing has stopped. */
import type { EngineEvent } from '../engine/protocol.ts';

/** Milliseconds without an edit after which a mistake is no longer one that is about to be mended. */
const PATIENCE = 600;

/** The events of one request from its first failure on. */
export class Patience {
  private readonly held: EngineEvent[] = [];
  private timer: NodeJS.Timeout | null = null;

  /** @param deliver receives the events once nothing has been typed for a while */
  constructor(
    private readonly deliver: (events: EngineEvent[]) => void,
    private readonly milliseconds = PATIENCE,
  ) {}

  /** Returns whether the event is held back. */
  hold(event: EngineEvent): boolean {
    if (event.type !== 'failed' && this.held.length === 0) return false;
    this.held.push(event);
    if (!this.timer) this.wait();
    return true;
  }

  /** Something was typed. */
  again(): void {
    if (this.timer) this.wait();
  }

  private wait(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.deliver(this.held.splice(0));
    }, this.milliseconds);
  }
}
