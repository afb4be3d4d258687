import { guarded } from './guarded.ts';

/** The share of the time that an action may take. */
const SHARE = 0.1;

/**
 * Calls an action at most once per interval, and always after the last request. The interval grows with the time that
 * the action takes, so that the extension host is free most of the time.
 * @param action returns false where there was nothing to do: that does not count as a call
 * @param isPrompt whether the action is called at once where its last call is longer ago than the interval
 */
export function throttled(
  milliseconds: number,
  action: () => unknown,
  isPrompt = false,
): { call(): void; dispose(): void } {
  let timer: NodeJS.Timeout | null = null;
  let spent = 0;
  let ended = Number.NEGATIVE_INFINITY;
  return {
    call() {
      timer ??= setTimeout(
        () => {
          timer = null;
          const began = performance.now();
          if (guarded(action, undefined) === false) return;
          ended = performance.now();
          spent = ended - began;
        },
        Math.max(milliseconds, spent / SHARE) - (isPrompt ? performance.now() - ended : 0),
      );
    },
    dispose() {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
