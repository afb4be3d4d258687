import { prepare } from '../canvas.ts';
import { createCard } from '../card.ts';
import type { TableData } from '../charts/contents.ts';
import { ALL_HIDDEN } from '../charts/emptyText.ts';
import type { ChartInput } from '../charts/input.ts';
import { columnsOf, drawSheet, layOut, type PlacedPicture, rowsOf } from '../charts/pictureSheet.ts';
import { entryText, type Pictures, picturesOf, predictorCaption } from '../charts/predictorPictures.ts';
import { createTooltip } from '../charts/tooltip.ts';
import { html } from '../dom.ts';
import { number } from '../format.ts';
import { createTableView } from '../tableView.ts';
import { placeText } from '../timeAxis.ts';
import { createCardTools } from './cardTools.ts';
import type { Tile, TileContext } from './tile.ts';

/** So many pictures take a whole row unless the user wants it otherwise. */
const MANY = 9;

/** The predictor of each cell beside the truth: coefficients of a vector as bars, matrices as heat maps. */
export function createPredictor(context: TileContext): Tile {
  const { interaction } = context;
  const card = createCard('predictor', 'Predictor');
  const canvas = html('canvas', { role: 'img', tabindex: 0 });
  const tooltip = createTooltip(card.body);
  const tools = createCardTools('predictor', context);
  const table = createTableView('Predictors: the numbers');
  card.tools.append(...tools.elements);
  card.body.append(canvas, table.element);
  let input: ChartInput | null = null;
  let contents: Pictures | null = null;
  let drawn: PlacedPicture[] = [];
  new ResizeObserver(draw).observe(card.body);

  function draw(): void {
    const { clientWidth: width, clientHeight: room } = card.body;
    const shape = input?.grid.problem.predictorShape;
    if (!input || !contents || !shape || contents.pictures.length === 0 || width === 0) return;
    const { theme, grid, cells } = input;
    const optimizers = new Set(cells.map(({ optimizer }) => optimizer)).size;
    const sheet = layOut(canvas.getContext('2d')!, contents, { shape, optimizers, width, room, theme });
    drawn = sheet.placed;
    card.element.style.setProperty('--height', `${Math.ceil(sheet.needed)}px`);
    const context = prepare(canvas, width, sheet.height);
    const { observed } = grid.problem;
    const isFirst = contents.seed === grid.seeds[0];
    drawSheet(context, sheet, contents, {
      shape,
      theme,
      observed: contents.matrix && observed && isFirst ? new Set(observed) : null,
    });
  }

  canvas.addEventListener('pointerleave', () => {
    tooltip.hide();
    interaction.light({ cell: null, source: null });
  });
  canvas.addEventListener('pointermove', ({ offsetX: x, offsetY: y }) => {
    const shape = input?.grid.problem.predictorShape;
    const hit = drawn.find(
      ({ place: at }) => x >= at.left && x < at.left + at.width && y >= at.top && y < at.top + at.height,
    );
    interaction.light({ cell: hit?.picture.cell ?? null, source: 'predictor' });
    if (!hit || !input || !shape) return tooltip.hide();
    const { left, top, width, height } = hit.place;
    const column = Math.floor(((x - left) / width) * columnsOf(shape));
    const row = Math.floor(((y - top) / height) * rowsOf(shape));
    const entry = entryText(hit.picture, input.grid, row, column);
    if (entry) tooltip.show(x, y, entry.heading, entry.rows);
  });

  return {
    element: card.element,
    update(next) {
      input = next;
      const { preferences, grid, time } = next;
      // A nonlinear network has no predictor vector or matrix.
      card.element.hidden = grid.problem.predictorShape === null;
      if (card.element.hidden) return;
      contents = picturesOf(next);
      const learned = contents.pictures.some((picture) => !picture.isTruth);
      const isTable = learned && preferences.tables.includes('predictor');
      tools.update(next);
      table.element.hidden = !isTable;
      card.element.classList.toggle('as-table', isTable);
      card.element.classList.toggle('wide', contents.pictures.length > MANY !== preferences.wide.includes('predictor'));
      if (isTable) table.update(tableOf(contents, grid.problem.predictorShape ?? []));
      card.empty(emptyText(next, learned, contents.lost));
      const seed = grid.seeds.length > 1 ? `, seed ${contents.seed}` : '';
      card.subtitle(`at ${time.moment === null ? 'the end' : placeText(time.abscissa, time.moment)}${seed}`);
      card.caption(learned ? predictorCaption(next, contents) : '');
      draw();
      const said = contents.pictures.map(({ title, subtitle, note }) => `${title} ${subtitle} ${note}`).join('; ');
      canvas.setAttribute('aria-label', `Predictors${contents.truth ? ' and truth' : ''}: ${said}`);
    },
  };
}

/** Rows of the table, at most. */
const MOST_ROWS = 400;

function tableOf({ pictures, truth, matrix }: Pictures, shape: readonly number[]): TableData {
  const learned = pictures.filter(({ isTruth }) => !isTruth);
  const length = Math.min(MOST_ROWS, learned[0]?.values.length ?? 0);
  const columns = columnsOf(shape);
  const place = (i: number) => (matrix ? `${Math.floor(i / columns) + 1}, ${(i % columns) + 1}` : String(i + 1));
  return {
    columns: [
      matrix ? 'row, column' : 'coordinate',
      ...(truth ? ['truth'] : []),
      ...learned.map(({ title, subtitle }) => `${title} · ${subtitle}`),
    ],
    rows: Array.from({ length }, (_, i) => [
      place(i),
      ...(truth ? [number(truth[i])] : []),
      ...learned.map(({ values }) => number(values[i])),
    ]),
  };
}

function emptyText({ cells }: ChartInput, learned: boolean, lost: readonly string[]): string | null {
  if (cells.length === 0) return ALL_HIDDEN;
  if (!learned && lost.length > 0) return `Diverged: ${lost.join(', ')}.`;
  return learned ? null : 'The predictor of each run will appear here.';
}
