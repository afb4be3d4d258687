/** Writes what was put into a store in batches, so that a grid of short runs does not pay for a write each. */

/** Milliseconds between two writes of a busy store. What comes to an idle one is written at once. */
const PAUSE = 10;

export class Batches {
  private written = Number.NEGATIVE_INFINITY;
  private next: Promise<void> | null = null;

  /** @param flush writes what was put */
  constructor(private readonly flush: () => void) {}

  /** Resolves when what has been put so far is written: it then survives the end of this process. */
  async done(): Promise<void> {
    const wait = this.written + PAUSE - performance.now();
    if (wait <= 0 && !this.next) return this.write();
    this.next ??= new Promise((resolve) =>
      setTimeout(() => {
        this.next = null;
        this.write();
        resolve();
      }, wait),
    );
    return this.next;
  }

  private write(): void {
    this.flush();
    this.written = performance.now();
  }
}
