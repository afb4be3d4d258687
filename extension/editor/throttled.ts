import { guarded } from './guarded.ts';

/** The share of the time that an action may take. */
const SHARE = 0.1;

/**
 * Calls an action at most once per interval, and always after the last request. The interval grows with the time that
 * the action takes, so that the extension host is free most of the time.
 */
export function throttled(milliseconds: number, action: () => void): { call(): void; dispose(): void } {
  let timer: NodeJS.Timeout | null = null;
  let spent = 0;
  return {
    call() {
      timer ??= setTimeout(
        () => {
          timer = null;
          const began = performance.now();
          guarded(action, undefined);
          spent = performance.now() - began;
        },
        Math.max(milliseconds, spent / SHARE),
      );
    },
    dispose() {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
