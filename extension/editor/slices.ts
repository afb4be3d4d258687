import type { Steps } from '../definitions/index.ts';

/** Milliseconds of work after which other events have their turn. */
const SLICE = 8;

/**
 * Does work in slices, between which the extension host serves other events.
 * @param isGivenUp asked before each slice but the first
 * @returns the result; undefined if the work was given up
 */
export async function inSlices<T>(work: Steps<T>, isGivenUp: () => boolean): Promise<T | undefined> {
  for (;;) {
    for (const began = performance.now(); performance.now() - began < SLICE; ) {
      const step = work.next();
      if (step.done) return step.value;
    }
    await new Promise((resolve) => setImmediate(resolve));
    if (isGivenUp()) return undefined;
  }
}
