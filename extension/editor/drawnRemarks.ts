/** What is drawn in an editor, and when something else takes its place. */
import { type Remark, STALE } from './remarks.ts';

/**
 * Milliseconds for which results stay as they are drawn if nothing is known but that they are old: where new numbers come
 * sooner, nothing flickers, and they find the editor with nothing else to draw.
 */
const STALE_AFTER = 200;

export class DrawnRemarks {
  /** When it turned out that some of them are old; null if that is drawn, or not so. */
  private staleSince: number | null = null;

  constructor(private readonly remarks: readonly Remark[]) {}

  /**
   * @param next what is to be seen
   * @param now in milliseconds
   * @returns the milliseconds after which it is drawn; null if it is drawn already
   */
  wait(next: readonly Remark[], now: number): number | null {
    const { remarks } = this;
    const isSame = next.length === remarks.length && next.every((one, i) => saysTheSame(one, remarks[i]));
    if (!isSame || !next.every(({ colour }, i) => colour === STALE || colour === remarks[i]?.colour)) return 0;
    if (next.every(({ colour }, i) => colour === remarks[i]?.colour)) {
      this.staleSince = null;
      return null;
    }
    this.staleSince ??= now;
    return Math.max(0, this.staleSince + STALE_AFTER - now);
  }
}

/** In whatever colours. */
const saysTheSame = (a: Remark, b: Remark | undefined) => a.line === b?.line && a.text === b.text;
