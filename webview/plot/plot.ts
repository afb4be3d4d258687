/** A plot on the page: its canvas, a second one above it for what follows the pointer, and the pointer itself. */
import { Chart, type Scale } from 'chart.js';
import { html } from '../dom.ts';
import { marksPlugin, optionsOf, type PlotChart, scalesOf } from './configuration.ts';
import { type Context, drawMark, type Scales } from './draw.ts';
import { drawLabels } from './labelDrawing.ts';
import type { Area } from './labels.ts';
import type { Mark } from './marks.ts';
import type { Range } from './ranges.ts';
import type { PlotSpec } from './spec.ts';

/** The pointer over a plot: in pixels of the plot, and in units of its axes. */
export interface PointerPlace {
  left: number;
  top: number;
  x: number;
  y: number;
  event: PointerEvent | null;
}

export interface Plot {
  readonly canvas: HTMLCanvasElement;
  /** What is drawn; null before the first drawing. */
  readonly spec: PlotSpec | null;
  update(spec: PlotSpec): void;
  /** Draws above the plot what changes often, in place of what was drawn there before. */
  overlay(draw: ((context: Context, scales: Scales, area: Area) => void) | null): void;
  /** Where the pointer is, null if it has left. */
  onPointer(listener: (place: PointerPlace | null) => void): void;
  place(event: MouseEvent): PointerPlace | null;
  readonly area: Area | null;
  /** How much of each axis one pixel is; only for linear axes. Null before the first drawing. */
  readonly unit: { x: number; y: number } | null;
  /** What the axes show, which may be more than the description asked for. */
  readonly ranges: { x: Range; y: Range } | null;
}

export function createPlot(parent: HTMLElement): Plot {
  const canvas = html('canvas', { role: 'img', tabindex: 0 });
  const above = html('canvas', { class: 'overlay', 'aria-hidden': 'true' });
  parent.append(canvas, above);
  let spec: PlotSpec | null = null;
  let painter: ((context: Context, scales: Scales, area: Area) => void) | null = null;
  let isPainted = false;
  const chart: PlotChart = new Chart(canvas, {
    type: 'scatter',
    data: { datasets: [] },
    options: { animation: false, parsing: false, responsive: true, maintainAspectRatio: false, events: [] },
    plugins: [marksPlugin(() => spec), { id: 'above', afterDraw: () => paint() }],
  });

  function paint(): void {
    if (!painter && !isPainted) return;
    const density = chart.currentDevicePixelRatio;
    const [width, height] = [Math.round(chart.width * density), Math.round(chart.height * density)];
    if (above.width !== width || above.height !== height) Object.assign(above, { width, height });
    const context = above.getContext('2d')!;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, chart.width, chart.height);
    isPainted = painter !== null;
    const scales = scalesOf(chart);
    if (painter && scales && spec) painter(context, scales, chart.chartArea);
  }

  function place(event: MouseEvent): PointerPlace | null {
    const scales = scalesOf(chart);
    if (!scales || !spec) return null;
    const { left, top } = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    const at = { x: scales.x.getValueForPixel(x) ?? Number.NaN, y: scales.y.getValueForPixel(y) ?? Number.NaN };
    return { left: x, top: y, ...at, event: event instanceof PointerEvent ? event : null };
  }

  return {
    canvas,
    get spec() {
      return spec;
    },
    get area() {
      return chart.chartArea ?? null;
    },
    get unit() {
      const scales = scalesOf(chart);
      if (!scales) return null;
      const { x, y } = scales;
      return { x: (x.max - x.min) / Math.max(1, x.width), y: (y.max - y.min) / Math.max(1, y.height) };
    },
    get ranges() {
      const scales = scalesOf(chart);
      const rangeOf = ({ min, max }: Scale): Range => [min, max];
      return scales && { x: rangeOf(scales.x), y: rangeOf(scales.y) };
    },
    place,
    update(next) {
      spec = next;
      chart.options = optionsOf(next);
      chart.update('none');
    },
    overlay(draw) {
      painter = draw;
      paint();
    },
    onPointer(listener) {
      canvas.addEventListener('pointermove', (event) => listener(place(event)));
      canvas.addEventListener('pointerleave', () => listener(null));
    },
  };
}

/** Lights up the marks of some cells: everything else fades behind a veil. */
export function drawLit(
  context: Context,
  spec: PlotSpec,
  isLit: (cell: string) => boolean,
  scales: Scales,
  area: Area,
): void {
  const lit = spec.marks.filter((mark): mark is Mark => mark.cell !== undefined && isLit(mark.cell));
  if (lit.length === 0) return;
  context.save();
  context.globalAlpha = 0.72;
  context.fillStyle = spec.theme.surface;
  context.fillRect(area.left, area.top, area.right - area.left, area.bottom - area.top);
  context.globalAlpha = 1;
  context.beginPath();
  context.rect(area.left - 7, area.top - 7, area.right - area.left + 14, area.bottom - area.top + 14);
  context.clip();
  for (const mark of lit) drawMark(context, mark, scales);
  context.restore();
  drawLabels(context, { ...spec, marks: lit }, scales, area);
}
