/** Asks for a drawing in the next frame. */
export interface Scheduler {
  /** After data have come: the next drawing waits as long as the page took to draw and to paint the last one. */
  later(): void;
  /** After something that the user did: without a pause. */
  now(): void;
}

/**
 * Coalesces requests to draw into one per animation frame.
 * @param draw told whether the user waits for it
 */
export function scheduler(draw: (isUrgent: boolean) => void): Scheduler {
  let isAsked = false;
  let isUrgent = false;
  let isComing = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** When the page has rested from the last drawing: not before it is painted. */
  let rested = 0;

  function frame(): void {
    const began = performance.now();
    const urgent = isUrgent;
    isComing = isAsked = isUrgent = false;
    draw(urgent);
    rested = Number.POSITIVE_INFINITY;
    // Where painting is slow, on shared cores without a graphics card, the next frame is late.
    requestAnimationFrame(() => {
      const now = performance.now();
      rested = now + (now - began);
      proceed();
    });
  }

  function proceed(): void {
    if (!isAsked || isComing) return;
    const wait = isUrgent ? 0 : rested - performance.now();
    if (wait === Number.POSITIVE_INFINITY) return;
    if (timer) clearTimeout(timer);
    timer = null;
    if (wait > 0) {
      // A frame that is asked for costs, even if nothing is drawn in it.
      timer = setTimeout(proceed, wait);
      return;
    }
    isComing = true;
    requestAnimationFrame(frame);
  }

  return {
    later() {
      if (isAsked) return;
      isAsked = true;
      proceed();
    },
    now() {
      isAsked = isUrgent = true;
      proceed();
    },
  };
}
