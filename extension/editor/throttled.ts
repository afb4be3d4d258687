/** Calls an action at most once per interval, and always after the last request. */
export function throttled(milliseconds: number, action: () => void): { call(): void; dispose(): void } {
  let timer: NodeJS.Timeout | null = null;
  return {
    call() {
      timer ??= setTimeout(() => {
        timer = null;
        action();
      }, milliseconds);
    },
    dispose() {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
