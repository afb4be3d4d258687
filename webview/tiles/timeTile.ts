import type { ChartInput } from '../charts/input.ts';
import { isLit } from '../interaction.ts';
import { drawCrosshair, drawMoment } from '../plot/crosshair.ts';
import { drawLit } from '../plot/plot.ts';
import { type ReadValue, readingsAt } from '../plot/readings.ts';
import { placeText } from '../timeAxis.ts';
import type { PlotTile } from './plotTile.ts';
import type { TileContext } from './tile.ts';

/** Lines within this distance of the pointer are lit up, in pixels. */
const NEAR = 12;

/**
 * Makes a plot over the time axis take part in the crosshair: where the pointer is in one tile, all tiles read their
 * series. The slider's place is a line of its own.
 */
export function joinTime(tile: PlotTile, name: string, { interaction }: TileContext) {
  const { plot, tooltip } = tile;
  let input: ChartInput | null = null;

  function paint(): void {
    const { at, cell, source } = interaction.lit;
    const shown = isLit(interaction.lit);
    const { spec } = plot;
    if (!input || !spec) return;
    const { moment, abscissa, isLog } = input.time;
    const values = at === null ? [] : readingsAt(spec.marks, at, isLog);
    plot.overlay(
      at === null && shown === null && moment === null
        ? null
        : (context, scales, area) => {
            if (shown) drawLit(context, spec, shown, scales, area);
            if (moment !== null) drawMoment(context, spec.theme.muted, moment, scales, area);
            if (at !== null) drawCrosshair(context, spec, at, values, scales, area);
          },
    );
    const { area } = plot;
    if (at === null || source !== name || values.length === 0 || !area) {
      tooltip.hide();
      return;
    }
    const left = area.left + (area.right - area.left) * placeOf(at, spec.x);
    tooltip.show(left, (area.top + area.bottom) / 2, placeText(abscissa, at), rowsOf(values, cell));
  }

  plot.onPointer((place) => {
    const { area, spec } = plot;
    if (!place || !area || !spec || place.left < area.left - 4 || place.left > area.right + 4) {
      interaction.light({ at: null, cell: null, source: null });
      return;
    }
    const at = Math.max(spec.x.min, Math.min(spec.x.max, place.x));
    interaction.light({ at, source: name, cell: nearest(place.top, at) });
  });

  function nearest(top: number, at: number): string | null {
    const { spec, area } = plot;
    if (!spec || !area) return null;
    const height = area.bottom - area.top;
    let best: { cell: string | null; distance: number } = { cell: null, distance: NEAR };
    for (const { value, line } of readingsAt(spec.marks, at, input?.time.isLog)) {
      const y = area.bottom - height * placeOf(value, spec.y);
      if (Math.abs(y - top) < best.distance) best = { cell: line.cell ?? null, distance: Math.abs(y - top) };
    }
    return best.cell;
  }

  interaction.subscribe(paint);
  return {
    update(next: ChartInput): void {
      input = next;
      paint();
    },
  };
}

/** Where a value is on an axis: 0 at its start, 1 at its end. */
function placeOf(value: number, { min, max, isLog }: { min: number; max: number; isLog?: boolean }): number {
  const at = (x: number) => (isLog ? Math.log(x) : x);
  return (at(value) - at(min)) / (at(max) - at(min));
}

function rowsOf(values: readonly ReadValue[], cell: string | null) {
  return values.map(({ name, text, line }) => ({
    colour: line.colour,
    text: name,
    value: text,
    strong: cell !== null && line.cell === cell,
  }));
}
