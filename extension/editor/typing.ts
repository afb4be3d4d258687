/** Tells when to look at a text that is being typed. */

/**
 * Milliseconds from an edit to the look at it: short for one that stands alone, longer between the keystrokes of a burst,
 * of which the last one counts.
 */
const PAUSE = { alone: 5, burst: 120 };

/** Milliseconds after which a burst that goes on is looked at all the same: a knob that is turned shows what it does. */
const LONGEST = 250;

/** Two edits that are closer than this are of one burst. */
const BURST = 350;

export class Typing {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly last = new Map<string, number>();
  /** The first edit that has not been looked at. */
  private readonly first = new Map<string, number>();

  /** @param look called with a file some time after its last edit */
  constructor(private readonly look: (file: string) => void) {}

  edited(file: string): void {
    const now = performance.now();
    const isBurst = now - (this.last.get(file) ?? Number.NEGATIVE_INFINITY) < BURST;
    this.last.set(file, now);
    const since = this.first.get(file) ?? now;
    this.drop(file);
    this.first.set(file, since);
    const timer = setTimeout(
      () => {
        this.drop(file);
        this.look(file);
      },
      isBurst ? Math.max(0, Math.min(PAUSE.burst, since + LONGEST - now)) : PAUSE.alone,
    );
    this.timers.set(file, timer);
  }

  /** Forgets an edit that has not been looked at. */
  drop(file: string): void {
    clearTimeout(this.timers.get(file));
    this.timers.delete(file);
    this.first.delete(file);
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }
}
