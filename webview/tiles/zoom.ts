import type { Plot } from '../plot/plot.ts';
import type { Range, View } from '../plot/ranges.ts';

/** How much one notch of the wheel, or one press of a key, changes the view. */
const STEP = 1.25;

/** Lets the wheel zoom around the pointer, dragging move, and double-clicking show all again; keys do the same. */
export function joinZoom(
  plot: Plot,
  current: () => { view: View | null; zoomTo(view: View | null): void } | null,
): void {
  const { canvas } = plot;
  let dragged: { x: number; y: number; view: View } | null = null;

  function shown(): View | null {
    const { area, unit } = plot;
    const known = current();
    if (!known || !area || !unit) return null;
    return plot.ranges;
  }

  function zoom(factor: number, x?: number, y?: number): void {
    const view = shown();
    if (!view) return;
    const around = ([min, max]: Range, at = (min + max) / 2): Range => [
      at - (at - min) / factor,
      at + (max - at) / factor,
    ];
    current()?.zoomTo({ x: around(view.x, x), y: around(view.y, y) });
  }

  function move(view: View, dx: number, dy: number): void {
    current()?.zoomTo({ x: [view.x[0] + dx, view.x[1] + dx], y: [view.y[0] + dy, view.y[1] + dy] });
  }

  canvas.addEventListener(
    'wheel',
    (event) => {
      // Without a key the page scrolls.
      if (!event.ctrlKey && !event.metaKey && !event.altKey) return;
      event.preventDefault();
      const at = plot.place(event);
      zoom(event.deltaY < 0 ? STEP : 1 / STEP, at?.x, at?.y);
    },
    { passive: false },
  );
  canvas.addEventListener('pointerdown', (event) => {
    const view = shown();
    if (event.button !== 0 || !view) return;
    canvas.setPointerCapture(event.pointerId);
    dragged = { x: event.clientX, y: event.clientY, view };
  });
  canvas.addEventListener('pointermove', (event) => {
    const { unit } = plot;
    if (!dragged || !unit) return;
    const [dx, dy] = [event.clientX - dragged.x, event.clientY - dragged.y];
    if (Math.hypot(dx, dy) > 3) move(dragged.view, -dx * unit.x, dy * unit.y);
  });
  const release = () => {
    dragged = null;
  };
  canvas.addEventListener('pointerup', release);
  canvas.addEventListener('pointercancel', release);
  canvas.addEventListener('dblclick', () => current()?.zoomTo(null));
  canvas.addEventListener('keydown', (event) => {
    const view = shown();
    if (!view) return;
    const [width, height] = [view.x[1] - view.x[0], view.y[1] - view.y[0]];
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-0.1, 0],
      ArrowRight: [0.1, 0],
      ArrowUp: [0, 0.1],
      ArrowDown: [0, -0.1],
    };
    const wanted = moves[event.key];
    if (wanted) move(view, wanted[0] * width, wanted[1] * height);
    else if (event.key === '+' || event.key === '=') zoom(STEP);
    else if (event.key === '-') zoom(1 / STEP);
    else if (event.key === '0' || event.key === 'Escape') current()?.zoomTo(null);
    else return;
    event.preventDefault();
  });
}
