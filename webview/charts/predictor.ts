import { createCard } from '../card.ts';
import { html } from '../dom.ts';
import { number } from '../format.ts';
import { drawCoefficients } from './coefficients.ts';
import { cosine, direction, magnitude, rms } from './comparison.ts';
import { drawHeatmap, drawScale } from './heatmap.ts';
import { shorten } from './rows.ts';
import { type Place, tilePlaces } from './tiles.ts';
import { createTooltip } from './tooltip.ts';
import type { View, ViewInput } from './view.ts';

/** One small picture: the truth, or what one cell has learned. */
export interface Tile {
  title: string;
  /** How it compares with the truth, for example `cosine 0.93`. */
  note: string;
  colour: string;
  values: ArrayLike<number>;
  isTruth: boolean;
}

/** What the tiles show: predictors of the first seed, whose data and truth are those of the grid. */
export function tilesOf({ experiment, grid, cells, style, theme }: ViewInput): Tile[] {
  const { truth, predictorShape, loss } = grid.problem;
  const matrix = predictorShape?.length === 2;
  // Only the direction of a classifier says what it predicts; its length grows for ever.
  const shown = (values: ArrayLike<number>) => (loss === 'logistic' && !matrix ? direction(values) : values);
  const tiles: Tile[] = [];
  if (truth && matrix) tiles.push({ title: 'truth', note: '', colour: theme.foreground, values: truth, isTruth: true });
  for (const { parameterization, optimizer, runs } of cells) {
    const run = runs.find((one) => one.seed === grid.seeds[0]) ?? runs[0];
    const values = experiment.runs.get(run.id)?.predictor ?? experiment.samples.get(run.id)?.predictor;
    if (!values || values.length === 0) continue;
    const note =
      !truth || truth.length !== values.length
        ? ''
        : matrix
          ? `RMSE ${number(rms(values, truth), 2)}`
          : `cosine ${number(cosine(values, truth), 2)}`;
    const { colour } = style(parameterization, optimizer);
    tiles.push({ title: `${parameterization} · ${optimizer}`, note, colour, values: shown(values), isTruth: false });
  }
  return tiles;
}

/** What each cell has learned, against the truth: coefficients of a vector as bars, a matrix as heat maps. */
export function createPredictor(): View {
  const card = createCard('predictor', 'Predictor and truth');
  const canvas = html('canvas', { role: 'img', tabindex: 0 });
  const tooltip = createTooltip(card.body);
  card.body.append(canvas);
  let input: ViewInput | null = null;
  let drawn: { tile: Tile; place: Place }[] = [];
  new ResizeObserver(() => draw()).observe(card.body);

  function draw(): void {
    if (!input) return;
    const tiles = tilesOf(input);
    const { grid, theme, experiment } = input;
    const { predictorShape: shape, truth, observed, loss } = grid.problem;
    const { clientWidth: width, clientHeight: height } = card.body;
    const density = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
    const context = canvas.getContext('2d');
    if (!context || !shape || tiles.length === 0 || width === 0) return;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    const { size, family } = theme.font;
    const matrix = shape.length === 2;
    const footer = matrix ? size + 18 : 0;
    const head = size + 7;
    const places = tilePlaces(tiles.length, {
      width: width - 2,
      height: height - footer - 2,
      columns: matrix ? tiles.length : Math.max(2, grid.optimizers.length),
      aspect: matrix ? shape[1] / shape[0] : null,
      head,
    });
    const marked = matrix && observed ? new Set(observed) : null;
    const shownTruth = truth && loss === 'logistic' && !matrix ? direction(truth) : truth;
    const scale = matrix
      ? magnitude(truth ?? tiles.flatMap((tile) => Array.from(tile.values)), 0.98)
      : magnitude([...tiles.flatMap((tile) => Array.from(tile.values)), ...(shownTruth ?? [])]) * 1.05;
    const widthOf = (text: string) => context.measureText(text).width;
    drawn = tiles.map((tile, i) => ({ tile, place: { ...places[i], left: places[i].left + 1 } }));
    for (const { tile, place } of drawn) {
      context.textBaseline = 'alphabetic';
      context.textAlign = 'right';
      context.font = `${size}px ${family}`;
      context.fillStyle = theme.muted;
      const slot = Math.max(place.width, matrix ? 92 : 0);
      const noteWidth = tile.note ? widthOf(tile.note) + 6 : 0;
      const withNote = noteWidth < slot * 0.55;
      if (withNote) context.fillText(tile.note, place.left + place.width, place.top - 5);
      context.textAlign = 'left';
      context.font = `bold ${size}px ${family}`;
      context.fillStyle = tile.colour;
      context.fillText(shorten(tile.title, slot - (withNote ? noteWidth : 0), widthOf), place.left, place.top - 5);
      if (matrix) {
        drawHeatmap(
          context,
          { values: tile.values, rows: shape[0], columns: shape[1], scale, observed: marked },
          place,
          theme,
        );
      } else {
        drawCoefficients(
          context,
          { values: tile.values, truth: shownTruth, scale },
          place,
          { colour: tile.colour },
          theme,
        );
      }
    }
    if (matrix) {
      context.font = `${size}px ${family}`;
      const scaleWidth = Math.min(180, width - 40);
      drawScale(
        context,
        { left: (width - scaleWidth) / 2, top: height - footer + 4, width: scaleWidth, height: 7 },
        (value) => number(value, 2),
        scale,
        theme,
      );
    }
    canvas.setAttribute(
      'aria-label',
      `${experiment.experiment}: ${tiles.map((tile) => `${tile.title} ${tile.note}`).join('; ')}`,
    );
  }

  canvas.addEventListener('pointerleave', () => tooltip.hide());
  canvas.addEventListener('pointermove', ({ offsetX: x, offsetY: y }) => {
    const hit = drawn.find(
      ({ place: at }) => x >= at.left && x < at.left + at.width && y >= at.top && y < at.top + at.height,
    );
    if (!hit || !input) return tooltip.hide();
    tooltip.show(x, y, entryText(hit.tile, hit.place, x, y, input));
  });

  return {
    element: card.element,
    update(next) {
      input = next;
      const tiles = tilesOf(next);
      const learned = tiles.some((tile) => !tile.isTruth);
      card.empty(emptyText(next, learned));
      card.caption(learned ? caption(next) : '');
      draw();
    },
  };
}

function entryText(tile: Tile, place: Place, x: number, y: number, { grid }: ViewInput): string {
  const { predictorShape: shape, truth, observed } = grid.problem;
  if (!shape) return '';
  const column = Math.floor(((x - place.left) / place.width) * shape[shape.length - 1]);
  const row = shape.length === 2 ? Math.floor(((y - place.top) / place.height) * shape[0]) : 0;
  const index = row * shape[shape.length - 1] + column;
  const where = shape.length === 2 ? `row ${row + 1}, column ${column + 1}` : `coordinate ${column + 1}`;
  const seen = observed ? (observed.includes(index) ? ', observed' : ', not observed') : '';
  const compared = truth && !tile.isTruth && shape.length === 2 ? ` (truth ${number(truth[index])})` : '';
  return `${tile.title}: ${where}${seen}: ${number(tile.values[index])}${compared}`;
}

function caption({ grid }: ViewInput): string {
  const { truth, observed, predictorShape, loss } = grid.problem;
  const matrix = predictorShape?.length === 2;
  const parts = [`Seed ${grid.seeds[0]}.`];
  if (!matrix && loss === 'logistic') parts.push('Directions, scaled to length 1.');
  if (!matrix && truth) parts.push('Bars: coefficients; strokes: the truth, where it is not zero.');
  if (matrix && observed) parts.push('Dots: observed entries.');
  return parts.join(' ');
}

function emptyText({ grid, cells }: ViewInput, learned: boolean): string | null {
  if (!grid.problem.predictorShape) {
    return 'A nonlinear network is no single vector or matrix: its outputs are compared in the trajectories.';
  }
  if (cells.length === 0) return 'Everything is switched off in the legend.';
  return learned ? null : 'What each run has learned will appear here.';
}
