/** Asks for a drawing in the next frame. */
export interface Scheduler {
  /** After data have come: a slow drawing was followed by a pause of the same length, so that the page stays responsive. */
  later(): void;
  /** After something that the user did: without a pause. */
  now(): void;
}

/** Coalesces requests to draw into one per animation frame. */
export function scheduler(draw: () => void): Scheduler {
  let pending = false;
  let isUrgent = false;
  let rested = 0;
  const frame = (now: number): void => {
    if (now < rested && !isUrgent) {
      requestAnimationFrame(frame);
      return;
    }
    pending = false;
    isUrgent = false;
    const start = performance.now();
    draw();
    const end = performance.now();
    const slow = end - start > 8;
    rested = slow ? end + (end - start) : 0;
  };
  const ask = () => {
    if (pending) return;
    pending = true;
    requestAnimationFrame(frame);
  };
  return {
    later: ask,
    now() {
      isUrgent = true;
      ask();
    },
  };
}
