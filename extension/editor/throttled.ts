import { guarded } from './guarded.ts';

/** The share of the time that an action may take. */
const SHARE = 0.1;

/**
 * Calls an action at most once per interval, and always after the last request. The interval grows with the time that
 * the action takes, so that the extension host is free most of the time.
 * @param action returns false where there was nothing to do: then only the time that it took counts
 * @param isPrompt whether the action is called at once where its last call is longer ago than the interval
 */
export function throttled(
  milliseconds: number,
  action: () => unknown,
  isPrompt = false,
): { call(): void; dispose(): void } {
  let timer: NodeJS.Timeout | null = null;
  let spent = 0;
  /** The interval after the last call, at least. */
  let least = milliseconds;
  let ended = Number.NEGATIVE_INFINITY;
  return {
    call() {
      timer ??= setTimeout(
        () => {
          timer = null;
          const began = performance.now();
          least = guarded(action, undefined) === false ? 0 : milliseconds;
          ended = performance.now();
          spent = ended - began;
        },
        isPrompt ? Math.max(least, spent / SHARE) - (performance.now() - ended) : Math.max(milliseconds, spent / SHARE),
      );
    },
    dispose() {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
