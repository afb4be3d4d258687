/**
 * Coalesces requests to draw into one per animation frame. A slow drawing is followed by a pause of the same length, so
 * that the page stays responsive while a large experiment is running.
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
