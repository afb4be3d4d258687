/** A sweep over two or more axes: a heat map for each cell, all with one colour scale. Nothing here touches a page. */
import { shownName } from '../../extension/report/shownName.ts';
import type { Theme } from '../theme.ts';
import { css, drawLegend, legendHeight } from './heatLegend.ts';
import { metricText } from './metrics.ts';
import { isBright, sequentialColour } from './sequential.ts';
import { shorten } from './shorten.ts';
import type { Place } from './smallMultiples.ts';
import { type AxisValue, valueText } from './sweepAxes.ts';
import { isLogRange, rangeOfRows, type SweepData, type SweepRow } from './sweepData.ts';

type Context = CanvasRenderingContext2D;

/** One heat map: a cell, at one value of the axis of the rows. */
export interface HeatMap {
  row: SweepRow;
  /** The value of the axis of the rows. */
  value: AxisValue | undefined;
  place: Place;
  /** Whether names stand above it, values of the axes on its left and below it. */
  hasTitle: boolean;
  hasLeft: boolean;
  hasBottom: boolean;
}

export interface HeatSheet {
  maps: HeatMap[];
  /** In pixels. */
  width: number;
  height: number;
  left: number;
}

/** The least and the greatest width and height of one field, in pixels. */
const [NARROWEST, WIDEST, LOWEST, HIGHEST] = [9, 64, 11, 34];
const GAP = 12;

/** Places the maps: cells side by side, in several lines if there are many; values of a third axis below each other. */
export function layOutMaps(
  context: Context,
  data: SweepData,
  { width, theme }: { width: number; theme: Theme },
): HeatSheet {
  const { rows, placement } = data;
  const { across, up, rows: facets } = placement;
  const { size, family } = theme.font;
  context.font = `${size}px ${family}`;
  const widthOf = (text: string) => context.measureText(text).width;
  const upValues = up?.values ?? [];
  const facetValues: (AxisValue | undefined)[] = facets?.values ?? [undefined];
  const labels = Math.max(0, ...upValues.map((value) => widthOf(valueText(value))), up ? widthOf(`↑ ${up.name}`) : 0);
  const heads = facets
    ? Math.max(...facets.values.map((value) => widthOf(`${facets.name} ${valueText(value)}`))) + 14
    : 0;
  const left = Math.ceil(Math.min(labels + heads + 10, width * 0.35));
  const columnsOfMap = across.values.length;
  const least = Math.max(columnsOfMap * NARROWEST, 66);
  const most = Math.max(1, Math.floor((width - left + GAP) / (least + GAP)));
  const lines = Math.ceil(rows.length / most);
  const perLine = Math.max(1, Math.ceil(rows.length / lines));
  const slot = (width - left - GAP * (perLine - 1)) / perLine;
  const mapWidth = Math.min(slot, columnsOfMap * WIDEST);
  const field = mapWidth / columnsOfMap;
  const mapHeight = upValues.length * Math.max(LOWEST, Math.min(HIGHEST, field * 0.8));
  const head = 2 * (size + 3) + 6;
  const foot = size + 8;
  const maps: HeatMap[] = [];
  let top = 0;
  for (let line = 0; line < lines; line++) {
    top += head;
    facetValues.forEach((value, f) => {
      rows.slice(line * perLine, (line + 1) * perLine).forEach((row, column) => {
        const place = { left: left + column * (slot + GAP), top, width: mapWidth, height: mapHeight };
        maps.push({
          row,
          value,
          place,
          hasTitle: f === 0,
          hasLeft: column === 0,
          hasBottom: f === facetValues.length - 1,
        });
      });
      top += mapHeight + (f < facetValues.length - 1 ? 6 : 0);
    });
    top += foot + (line < lines - 1 ? 8 : 0);
  }
  const legend = legendHeight(context, data, colourScale(data), { left, width, theme });
  return { maps, width, left, height: Math.ceil(top + 16 + legend) };
}

/** Which point a field of a map stands for; null if the sweep does not have it. */
export function pointOf(
  { placement, points, chosen }: SweepData,
  map: HeatMap,
  column: number,
  row: number,
): number | null {
  const { across, up, rows } = placement;
  return points.from(chosen, {
    [across.name]: across.values[column],
    ...(up ? { [up.name]: up.values[up.values.length - 1 - row] } : {}),
    ...(rows ? { [rows.name]: map.value } : {}),
  });
}

/** The colours of the values: bright is best; where nothing is, bright is large. */
export function colourScale({ rows, metric }: SweepData) {
  const range = rangeOfRows(rows, false) ?? [0, 1];
  const isLog = isLogRange(range);
  const at = (value: number) => (isLog ? Math.log(value) : value);
  const [low, high] = [at(range[0]), at(range[1])];
  const share = (value: number) => (high > low ? (at(value) - low) / (high - low) : 0.5);
  const isTurned = metric.best === 'low';
  return {
    range,
    isLog,
    colour: (value: number) => sequentialColour(isTurned ? 1 - share(value) : share(value)),
  };
}

export function drawMaps(context: Context, sheet: HeatSheet, data: SweepData, theme: Theme): void {
  const scale = colourScale(data);
  const isWritten = doTextsFit(context, sheet, data, theme);
  for (const map of sheet.maps) {
    drawMap(context, map, data, { colour: scale.colour, isWritten }, theme);
    drawNames(context, map, sheet, data, theme);
  }
  drawLegend(context, sheet, data, scale, theme);
}

/** Whether the fields have room for their numbers: in all of them, or they are written in none. */
function doTextsFit(
  context: Context,
  { maps }: HeatSheet,
  { rows, metric, placement }: SweepData,
  theme: Theme,
): boolean {
  const { size, family } = theme.font;
  const [first] = maps;
  if (!first) return false;
  const width = first.place.width / placement.across.values.length;
  const height = first.place.height / (placement.up?.values.length ?? 1);
  if (height < size + 4) return false;
  context.font = `${size - 1}px ${family}`;
  return rows.every(({ values }) =>
    values.every(({ spread }) => !spread || context.measureText(metricText(spread.mean, metric)).width < width - 5),
  );
}

/** How the fields of a map look. */
interface FieldLook {
  colour: ReturnType<typeof colourScale>['colour'];
  isWritten: boolean;
}

type Box = readonly [number, number, number, number];

function drawMap(context: Context, map: HeatMap, data: SweepData, look: FieldLook, theme: Theme): void {
  const { across, up } = data.placement;
  const { left, top, width, height } = map.place;
  const [columns, rows] = [across.values.length, up?.values.length ?? 1];
  const x = (column: number) => Math.round(left + (width * column) / columns);
  const y = (row: number) => Math.round(top + (height * row) / rows);
  let outlined: Box | null = null;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const point = pointOf(data, map, column, row);
      const value = point === null ? null : map.row.values[point];
      const box: Box = [x(column), y(row), x(column + 1) - 1, y(row + 1) - 1];
      const isBest = data.best?.row === map.row.key && data.best.point === point;
      if (value?.spread) drawField(context, box, value.spread.mean, data, { ...look, isBest }, theme);
      else drawMissing(context, box, Boolean(value?.lost), theme);
      if (point === data.chosen && !data.isPrinted) outlined = box;
    }
  }
  if (outlined) drawOutline(context, outlined, theme);
}

function drawField(
  context: Context,
  [x0, y0, x1, y1]: Box,
  mean: number,
  { metric }: SweepData,
  { colour, isWritten, isBest }: FieldLook & { isBest: boolean },
  { font: { size, family } }: Theme,
): void {
  const fill = colour(mean);
  context.fillStyle = css(fill);
  context.fillRect(x0, y0, x1 - x0, y1 - y0);
  if (!isWritten && !isBest) return;
  context.font = `${size - 1}px ${family}`;
  context.fillStyle = isBright(fill) ? '#111' : '#fff';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const hasBoth = isBest && isWritten && y1 - y0 > 2 * size + 2;
  const middle = (y0 + y1) / 2;
  const shift = hasBoth ? size / 2 + 1 : 0;
  if (isBest) context.fillText('★', (x0 + x1) / 2, middle - shift);
  if (isWritten && (!isBest || hasBoth)) context.fillText(metricText(mean, metric), (x0 + x1) / 2, middle + shift);
}

/** A frame around what has no value: crossed out if its runs were lost. */
function drawMissing(context: Context, [x0, y0, x1, y1]: Box, isLost: boolean, theme: Theme): void {
  context.strokeStyle = theme.gridLines;
  context.lineWidth = 1;
  context.strokeRect(x0 + 0.5, y0 + 0.5, x1 - x0 - 1, y1 - y0 - 1);
  if (!isLost) return;
  context.strokeStyle = theme.muted;
  context.beginPath();
  context.moveTo(x0 + 2, y0 + 2);
  context.lineTo(x1 - 2, y1 - 2);
  context.moveTo(x1 - 2, y0 + 2);
  context.lineTo(x0 + 2, y1 - 2);
  context.stroke();
}

function drawOutline(context: Context, [x0, y0, x1, y1]: Box, theme: Theme): void {
  for (const [width, colour] of [
    [4, theme.surface],
    [2, theme.foreground],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.strokeRect(x0, y0, x1 - x0, y1 - y0);
  }
}

function drawNames(context: Context, map: HeatMap, { left }: HeatSheet, { placement }: SweepData, theme: Theme): void {
  const { across, up, rows: facets } = placement;
  const { size, family } = theme.font;
  const { place, row } = map;
  const widthOf = (text: string) => context.measureText(text).width;
  context.textBaseline = 'alphabetic';
  if (map.hasTitle) {
    context.textAlign = 'left';
    context.font = `bold ${size}px ${family}`;
    context.fillStyle = row.colour;
    if (row.parameterization)
      context.fillText(
        shorten(shownName(row.parameterization), place.width, widthOf),
        place.left,
        place.top - size - 9,
      );
    context.font = `${size}px ${family}`;
    context.fillStyle = theme.muted;
    context.fillText(shorten(shownName(row.optimizer), place.width, widthOf), place.left, place.top - 6);
  }
  context.font = `${size}px ${family}`;
  context.fillStyle = theme.muted;
  if (map.hasLeft) {
    const values = up?.values ?? [];
    const step = place.height / Math.max(1, values.length);
    const stride = Math.max(1, Math.ceil((size + 2) / step));
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    values.forEach((value, i) => {
      if (i % stride === 0) context.fillText(valueText(value), left - 8, place.top + place.height - (i + 0.5) * step);
    });
    if (facets) {
      context.textAlign = 'left';
      context.fillStyle = theme.foreground;
      context.fillText(`${facets.name} ${valueText(map.value)}`, 0, place.top + place.height / 2);
    }
  }
  if (!map.hasBottom) return;
  context.textBaseline = 'top';
  context.textAlign = 'center';
  context.fillStyle = theme.muted;
  const step = place.width / across.values.length;
  let free = Number.NEGATIVE_INFINITY;
  across.values.forEach((value, i) => {
    const text = valueText(value);
    const middle = place.left + (i + 0.5) * step;
    if (middle - widthOf(text) / 2 < free) return;
    context.fillText(text, middle, place.top + place.height + 4);
    free = middle + widthOf(text) / 2 + 6;
  });
}
