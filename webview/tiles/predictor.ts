import { createCard } from '../card.ts';
import { drawCoefficients } from '../charts/coefficients.ts';
import { drawHeatmap, drawScale } from '../charts/heatmap.ts';
import type { ChartInput } from '../charts/input.ts';
import { entryText, type Picture, type Pictures, picturesOf } from '../charts/predictorPictures.ts';
import { shorten } from '../charts/shorten.ts';
import { type PicturePlace, type Place, picturePlaces } from '../charts/smallMultiples.ts';
import { createTooltip } from '../charts/tooltip.ts';
import { html } from '../dom.ts';
import { number } from '../format.ts';
import type { Tile } from './tile.ts';

/** The predictor of each cell beside the truth: coefficients of a vector as bars, matrices as heat maps. */
export function createPredictor(): Tile {
  const card = createCard('predictor', 'Predictor and truth');
  const canvas = html('canvas', { role: 'img', tabindex: 0 });
  const tooltip = createTooltip(card.body);
  card.body.append(canvas);
  let input: ChartInput | null = null;
  let contents: Pictures | null = null;
  let drawn: { picture: Picture; place: Place }[] = [];
  new ResizeObserver(draw).observe(card.body);

  function draw(): void {
    const { clientWidth: width, clientHeight: height } = card.body;
    const shape = input?.grid.problem.predictorShape;
    if (!input || !contents || !shape || contents.pictures.length === 0 || width === 0) return;
    const context = prepare(canvas, width, height);
    const { grid, theme } = input;
    const { pictures, matrix, truth, scale } = contents;
    const { size } = theme.font;
    const footer = matrix ? size + 18 : 0;
    const places = picturePlaces(pictures.length, {
      width: width - 2,
      height: height - footer - 2,
      columns: matrix ? pictures.length : Math.max(2, new Set(input.cells.map((cell) => cell.optimizer)).size),
      aspect: matrix ? shape[1] / shape[0] : null,
      narrowest: matrix ? 130 : 60,
      head: matrix ? 2 * size + 10 : size + 7,
    });
    const observed = matrix && grid.problem.observed ? new Set(grid.problem.observed) : null;
    drawn = pictures.map((picture, i) => ({ picture, place: { ...places[i], left: places[i].left + 1 } }));
    pictures.forEach((picture, i) => {
      const { place } = drawn[i];
      drawTitle(context, picture, { ...place, slot: places[i].slot }, input!, matrix);
      if (matrix) {
        const [rows, columns] = shape;
        drawHeatmap(context, { values: picture.values, rows, columns, scale, observed }, place, theme);
      } else {
        drawCoefficients(context, { values: picture.values, truth, scale }, place, picture, theme);
      }
    });
    if (!matrix) return;
    const end = Math.max(...drawn.map((one) => one.place.top + one.place.height));
    const place = { left: 1, top: end + 6, width: Math.min(180, width - 2), height: 7 };
    drawScale(context, place, (value) => number(value, 2), scale, theme);
  }

  canvas.addEventListener('pointerleave', () => tooltip.hide());
  canvas.addEventListener('pointermove', ({ offsetX: x, offsetY: y }) => {
    const shape = input?.grid.problem.predictorShape;
    const hit = drawn.find(
      ({ place: at }) => x >= at.left && x < at.left + at.width && y >= at.top && y < at.top + at.height,
    );
    if (!hit || !input || !shape) return tooltip.hide();
    const { left, top, width, height } = hit.place;
    const column = Math.floor(((x - left) / width) * shape[shape.length - 1]);
    const row = shape.length === 2 ? Math.floor(((y - top) / height) * shape[0]) : 0;
    tooltip.show(x, y, entryText(hit.picture, input.grid, row, column));
  });

  return {
    element: card.element,
    update(next) {
      input = next;
      contents = picturesOf(next);
      card.element.classList.toggle('matrix', contents.matrix);
      const learned = contents.pictures.some((picture) => !picture.isTruth);
      card.empty(emptyText(next, learned, contents.lost));
      card.caption(learned ? caption(next, contents.lost) : '');
      draw();
      const said = contents.pictures.map((picture) => `${picture.title} ${picture.note}`).join('; ');
      canvas.setAttribute('aria-label', `Predictors and truth of ${next.experiment.experiment}: ${said}`);
    },
  };
}

/** Sets the canvas to device pixels and clears it. */
function prepare(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const density = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  const context = canvas.getContext('2d')!;
  context.setTransform(density, 0, 0, density, 0, 0);
  return context;
}

/** Writes the title and the comparison with the truth: stacked above a matrix, side by side above a vector. */
function drawTitle(
  context: CanvasRenderingContext2D,
  { title, note, colour }: Picture,
  { left, top, width, slot }: PicturePlace,
  { theme }: ChartInput,
  matrix: boolean,
): void {
  const { size, family } = theme.font;
  const widthOf = (text: string) => context.measureText(text).width;
  const room = matrix ? slot : width;
  context.textBaseline = 'alphabetic';
  context.font = `${size}px ${family}`;
  context.fillStyle = theme.muted;
  context.textAlign = matrix ? 'left' : 'right';
  const taken = note && !matrix ? widthOf(note) + 8 : 0;
  const fits = taken < room * 0.6;
  if (fits) context.fillText(shorten(note, room, widthOf), matrix ? left : left + width, top - 5);
  context.textAlign = 'left';
  context.font = `bold ${size}px ${family}`;
  context.fillStyle = colour;
  context.fillText(shorten(title, room - (fits ? taken : 0), widthOf), left, matrix ? top - size - 8 : top - 5);
}

function caption({ grid }: ChartInput, lost: readonly string[]): string {
  const { truth, observed, predictorShape, loss } = grid.problem;
  const matrix = predictorShape?.length === 2;
  const parts = [`Seed ${grid.seeds[0]}.`];
  if (!matrix && loss === 'logistic') parts.push('Directions, scaled to length 1.');
  if (!matrix && truth) parts.push('Bars: coefficients; strokes: the truth, where it is not zero.');
  if (matrix && observed) parts.push('Dots: observed entries.');
  if (lost.length > 0) parts.push(`Diverged: ${lost.join(', ')}.`);
  return parts.join(' ');
}

function emptyText({ grid, cells }: ChartInput, learned: boolean, lost: readonly string[]): string | null {
  if (!grid.problem.predictorShape) {
    return 'A nonlinear network has no single predictor vector or matrix: its outputs are compared in the trajectories.';
  }
  if (cells.length === 0) return 'Everything is hidden in the legend.';
  if (!learned && lost.length > 0) return `Diverged: ${lost.join(', ')}.`;
  return learned ? null : 'The predictor of each run will appear here.';
}
