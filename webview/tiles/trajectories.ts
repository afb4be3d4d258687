import { toggle } from '../card.ts';
import { cellName } from '../cells.ts';
import type { ChartInput } from '../charts/input.ts';
import { lastUpTo } from '../charts/snapshots.ts';
import { type TrajectoryPlot, trajectoryPlot } from '../charts/trajectoryPlot.ts';
import { error as errorText, number as numberText } from '../format.ts';
import { resetIcon } from '../icons.ts';
import { isLit } from '../interaction.ts';
import { drawLit } from '../plot/plot.ts';
import { drawPoint } from '../plot/points.ts';
import type { View } from '../plot/ranges.ts';
import { createSelect } from '../select.ts';
import { placeText } from '../timeAxis.ts';
import { createPlotTile } from './plotTile.ts';
import type { Tile, TileContext } from './tile.ts';
import { joinZoom } from './zoom.ts';

/** A path is read within this distance of the pointer, in pixels. */
const NEAR = 16;

/** All runs in function space, where training is a path of predictors for every parameterization. */
export function createTrajectories(context: TileContext): Tile {
  const { interaction, change } = context;
  const tile = createPlotTile('trajectories', 'Trajectories', context);
  const { plot, card, tooltip } = tile;
  let input: ChartInput | null = null;
  let drawn: TrajectoryPlot | null = null;
  let view: View | null = null;
  const seed = createSelect('Seed whose paths are drawn', (value) =>
    change({ seed: value === 'all' ? 'all' : Number(value) }),
  );
  const reset = toggle(resetIcon(), 'Show all paths again', () => zoomTo(null));
  card.tools.prepend(seed.element, reset.element);

  function zoomTo(next: View | null): void {
    view = next;
    redraw();
  }

  function redraw(): void {
    if (!input) return;
    drawn = trajectoryPlot(input, view);
    tile.show(drawn, input);
    reset.element.hidden = view === null;
    paint();
  }

  /** The moment that the slider or the crosshair is at, as dots on the paths. */
  function paint(): void {
    const { at: crossed } = interaction.lit;
    const shown = isLit(interaction.lit);
    const { spec } = plot;
    if (!input || !spec || !drawn?.space) return;
    const { abscissa, moment } = input.time;
    const at = crossed ?? moment;
    const [first] = drawn.space.seeds;
    const paths = drawn.space.paths.filter(({ run, pinned }) => run.seed === first && pinned === null);
    plot.overlay(
      at === null && shown === null
        ? null
        : (canvas, scales, area) => {
            if (shown) drawLit(canvas, spec, shown, scales, area);
            if (at === null) return;
            for (const path of paths) {
              const i = lastUpTo(path[abscissa], at);
              const { colour, marker } = input!.style(path.run.parameterization, path.run.optimizer);
              const [x, y] = [scales.x.getPixelForValue(path.x[i]!), scales.y.getPixelForValue(path.y[i]!)];
              if (x < area.left - 8 || x > area.right + 8 || y < area.top - 8 || y > area.bottom + 8) continue;
              drawPoint(
                canvas,
                { shape: marker, radius: 6, fill: colour, stroke: spec.theme.foreground, strokeWidth: 1.5 },
                x,
                y,
              );
            }
          },
    );
  }

  plot.onPointer((place) => {
    const { area, spec } = plot;
    if (!place || !area || !spec || !drawn?.space || !input) {
      tooltip.hide();
      if (interaction.lit.source === 'trajectories') interaction.light({ at: null, cell: null, source: null });
      return;
    }
    const unitX = Math.abs(plot.unit?.x ?? 1);
    const unitY = Math.abs(plot.unit?.y ?? 1);
    let best: { path: (typeof drawn.space.paths)[number]; i: number; distance: number } | null = null;
    for (const path of drawn.space.paths) {
      for (let i = 0; i < path.x.length; i++) {
        const distance = Math.hypot((path.x[i]! - place.x) / unitX, (path.y[i]! - place.y) / unitY);
        if (distance < (best?.distance ?? NEAR)) best = { path, i, distance };
      }
    }
    if (!best) {
      tooltip.hide();
      interaction.light({ at: null, cell: null, source: 'trajectories' });
      return;
    }
    const { path, i } = best;
    const at = path[input.time.abscissa][i]!;
    const loss = path.pinned === null ? input.experiment.samples.get(path.run.id) : undefined;
    interaction.light({
      at,
      cell: JSON.stringify([path.run.parameterization, path.run.optimizer]),
      source: 'trajectories',
    });
    const where = loss ? lastUpTo(loss[input.time.abscissa], at) : -1;
    tooltip.show(
      place.left,
      place.top,
      [cellName(path.run), `seed ${path.run.seed}`, path.pinned].filter(Boolean).join(', '),
      [{ text: placeText(input.time.abscissa, at) }, ...(loss && where >= 0 ? readLoss(input, loss, where) : [])],
    );
  });

  joinZoom(plot, () => (drawn?.space ? { view, zoomTo } : null));
  interaction.subscribe(paint);
  return {
    element: tile.element,
    move(next) {
      input = next;
      paint();
    },
    update(next) {
      if (input && input.experiment.experiment !== next.experiment.experiment) view = null;
      input = next;
      redraw();
      const { seeds } = next.grid;
      seed.element.hidden = seeds.length < 2;
      const all = drawn?.space?.space === 'predictors' ? [{ value: 'all', label: 'all seeds' }] : [];
      const options = seeds.map((one) => ({ value: String(one), label: `seed ${one}` }));
      const shown =
        next.preferences.seed === 'all' && all.length > 0 ? 'all' : String(drawn?.space?.seeds[0] ?? seeds[0]);
      seed.set([...all, ...options], shown);
    },
  };
}

function readLoss(
  { grid }: ChartInput,
  { trainLoss, testError, trainError }: { trainLoss: Float64Array; testError: Float64Array; trainError: Float64Array },
  i: number,
) {
  const error = (value: number | undefined) => errorText(value, grid.problem.errorName);
  return [
    { text: 'training loss', value: numberText(trainLoss[i]) },
    { text: `train ${grid.problem.errorName}`, value: error(trainError[i]) },
    ...(grid.problem.test > 0 ? [{ text: `test ${grid.problem.errorName}`, value: error(testError[i]) }] : []),
  ];
}
