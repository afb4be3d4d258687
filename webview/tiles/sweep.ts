import { describePoint } from '../../extension/lab/results/index.ts';
import { prepare } from '../canvas.ts';
import { createCard } from '../card.ts';
import { type EarlierSweep, earlierSweeps, earlierValue } from '../charts/earlierSweeps.ts';
import { ALL_HIDDEN } from '../charts/emptyText.ts';
import { colourScale, drawMaps, type HeatMap, type HeatSheet, layOutMaps, pointOf } from '../charts/heatSheet.ts';
import type { ChartInput } from '../charts/input.ts';
import { metricSpread, metricText } from '../charts/metrics.ts';
import { valueText } from '../charts/sweepAxes.ts';
import { type SweepData, sweepDataOf } from '../charts/sweepData.ts';
import { pointsAcross, positionsOf, sweepPlot, sweepTable } from '../charts/sweepPlot.ts';
import { createTooltip } from '../charts/tooltip.ts';
import { html } from '../dom.ts';
import { isLit } from '../interaction.ts';
import { createPlot, drawLit } from '../plot/plot.ts';
import { createTableView } from '../tableView.ts';
import { createCardTools } from './cardTools.ts';
import { createSweepTools } from './sweepTools.ts';
import type { Tile, TileContext } from './tile.ts';

/** The sweep as a whole: lines over one axis, heat maps over two or more. A click shows a point in all tiles. */
export function createSweep(context: TileContext): Tile {
  const { change, interaction } = context;
  const card = createCard('sweep', 'Sweep');
  const cardTools = createCardTools('sweep', context);
  const tools = createSweepTools(change);
  card.tools.append(tools.element, ...cardTools.elements);
  const lines = html('div', { class: 'sweep-lines' });
  const canvas = html('canvas', { role: 'img', tabindex: 0, class: 'sweep-maps' });
  card.body.append(lines, canvas);
  const plot = createPlot(lines);
  const tooltip = createTooltip(card.body);
  const table = createTableView('Sweep: the numbers');
  card.body.append(table.element);
  let input: ChartInput | null = null;
  let data: SweepData | null = null;
  let earlier: EarlierSweep[] = [];
  let sheet: HeatSheet | null = null;
  new ResizeObserver(drawHeat).observe(card.body);

  function choose(point: number | null): void {
    if (point !== null && data && point !== data.chosen) change({ point });
  }

  function drawHeat(): void {
    const { clientWidth: width } = card.body;
    if (!input || !data?.placement.up || width === 0) return;
    const { theme } = input;
    sheet = layOutMaps(canvas.getContext('2d')!, data, { width, theme });
    card.element.style.setProperty('--height', `${sheet.height}px`);
    drawMaps(prepare(canvas, width, sheet.height), sheet, data, theme);
  }

  function show(x: number, y: number, point: number, key: string | null): void {
    if (!data) return;
    const shown = data;
    const { metric } = shown;
    const rows = shown.rows.map((row) => {
      const { spread, lost } = row.values[point] ?? { spread: null, lost: '' };
      const was = earlierValue(earlier, shown, row.key, point)?.spread;
      const before = was ? `was ${metricSpread(was, metric)}` : '';
      const value = [metricSpread(spread, metric), lost, before].filter(Boolean).join(', ');
      return { colour: row.colour, text: row.name, value, strong: row.key === key };
    });
    tooltip.show(x, y, `${describePoint(data.points.at(point))}: ${metric.name}`, rows);
  }

  function leave(): void {
    tooltip.hide();
    if (interaction.lit.source === 'sweep') interaction.light({ cell: null, source: null });
  }

  function fieldAt({ offsetX: x, offsetY: y }: MouseEvent): { map: HeatMap; point: number | null } | null {
    const map = sheet?.maps.find(
      ({ place: at }) => x >= at.left && x < at.left + at.width && y >= at.top && y < at.top + at.height,
    );
    if (!map || !data) return null;
    const { across, up } = data.placement;
    const { left, top, width, height } = map.place;
    const column = Math.floor(((x - left) / width) * across.values.length);
    const row = Math.floor(((y - top) / height) * (up?.values.length ?? 1));
    return { map, point: pointOf(data, map, column, row) };
  }

  canvas.addEventListener('pointermove', (event) => {
    const field = fieldAt(event);
    if (!field || field.point === null) {
      leave();
      return;
    }
    interaction.light({ cell: field.map.row.key, source: 'sweep' });
    show(event.offsetX, event.offsetY, field.point, field.map.row.key);
  });
  canvas.addEventListener('pointerleave', leave);
  canvas.addEventListener('click', (event) => choose(fieldAt(event)?.point ?? null));

  function nearest(x: number): number | null {
    if (!data) return null;
    const positions = positionsOf(data.placement.across);
    const at = (value: number) => (data?.placement.across.isGeometric ? Math.log(value) : value);
    const distances = positions.map((position) => Math.abs(at(position) - at(x)));
    return pointsAcross(data)[distances.indexOf(Math.min(...distances))] ?? null;
  }

  plot.onPointer((place) => {
    const point = place && nearest(place.x);
    if (!place || point === null) leave();
    else show(place.left, place.top, point, interaction.lit.cell);
  });
  plot.canvas.addEventListener('click', (event) => {
    const place = plot.place(event);
    if (place) choose(nearest(place.x));
  });
  interaction.subscribe((lit) => {
    const shown = isLit(lit);
    plot.overlay(
      shown ? (canvas2d, scales, area) => plot.spec && drawLit(canvas2d, plot.spec, shown, scales, area) : null,
    );
  });

  /** Arrow keys go to the next point along an axis, with Shift along that of the rows. */
  function key(event: KeyboardEvent): void {
    if (!data) return;
    const { across, up, rows } = data.placement;
    const vertical = event.shiftKey ? rows : (up ?? across);
    const steps = {
      ArrowLeft: [across, -1],
      ArrowRight: [across, 1],
      ArrowUp: [vertical, 1],
      ArrowDown: [vertical, -1],
    } as const;
    const step = steps[event.key as keyof typeof steps];
    if (!step) return;
    event.preventDefault();
    const [axis, by] = step;
    if (!axis) return;
    const { points } = data;
    change(({ point }) => {
      const value = axis.values[axis.values.indexOf(points.at(point)[axis.name]!) + by];
      return { point: (value !== undefined ? points.from(point, { [axis.name]: value }) : null) ?? point };
    });
  }
  canvas.addEventListener('keydown', key);
  plot.canvas.addEventListener('keydown', key);

  return {
    element: card.element,
    move() {},
    update(next) {
      input = next;
      data = sweepDataOf(next);
      card.element.hidden = data === null;
      if (!data) return;
      earlier = earlierSweeps(next, data);
      const { up } = data.placement;
      const isTable = next.preferences.tables.includes('sweep');
      tools.update(data, next);
      cardTools.update(next);
      card.element.classList.toggle('as-table', isTable);
      card.element.classList.toggle('heat', up !== null);
      lines.hidden = up !== null || isTable;
      canvas.hidden = up === null || isTable;
      table.element.hidden = !isTable;
      const contents = sweepPlot(next, data);
      const chosen = describePoint(data.points.at(data.chosen));
      card.empty(next.cells.length === 0 ? ALL_HIDDEN : contents.empty);
      card.subtitle(`${data.metric.name}; the tiles below show ${chosen}`);
      if (isTable) table.update(sweepTable(data));
      else if (up) drawHeat();
      else plot.update(contents.spec);
      card.caption(contents.empty ? '' : up ? heatCaption(data) : contents.caption);
      plot.canvas.setAttribute('aria-label', contents.spoken);
      canvas.setAttribute('aria-label', heatSpoken(data));
    },
  };
}

function heatCaption({ best, metric, placement: { others }, points, chosen }: SweepData): string {
  const fixed = others.map(({ name }) => `${name} ${valueText(points.at(chosen)[name])}`);
  return [
    `Mean over the seeds; ${metric.best ? 'bright is best' : 'bright is large'}.`,
    best ? `★ best: ${describePoint(points.at(best.point))}.` : '',
    fixed.length > 0 ? `At ${fixed.join(', ')}.` : '',
    'A click shows that point in all tiles.',
  ]
    .filter(Boolean)
    .join(' ');
}

function heatSpoken(data: SweepData): string {
  const { range } = colourScale(data);
  const [low, high] = range.map((value) => metricText(value, data.metric));
  return `Heat maps of ${data.metric.name}, from ${low} to ${high}, for ${data.rows.map(({ name }) => name).join(', ')}. Chosen: ${describePoint(data.points.at(data.chosen))}. Arrow keys choose a point.`;
}
