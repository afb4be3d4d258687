/**
 * Collects requests to draw into one drawing per animation frame. A slow drawing is followed by a pause
 * of its own length, so that a large experiment that is still running leaves the page responsive.
 */
export function scheduler(draw: () => void): () => void {
  let pending = false;
  let rested = 0;
  const frame = (now: number): void => {
    if (now < rested) {
      requestAnimationFrame(frame);
      return;
    }
    pending = false;
    const start = performance.now();
    draw();
    const end = performance.now();
    const slow = end - start > 8;
    rested = slow ? end + (end - start) : 0;
  };
  return () => {
    if (pending) return;
    pending = true;
    requestAnimationFrame(frame);
  };
}
