import { curvePlot } from '../charts/curvePlot.ts';
import { createCurveTools } from '../charts/curveTools.ts';
import { createPlotTile } from './plotTile.ts';
import type { Tile, TileContext } from './tile.ts';
import { joinTime } from './timeTile.ts';

/** Loss and error over steps or time, with seeds as mean and band, updated while the runs go on. */
export function createCurves(context: TileContext): Tile {
  const tile = createPlotTile('curves', 'Curves', context);
  const time = joinTime(tile, 'curves', context);
  const tools = createCurveTools(context.change);
  tile.card.tools.prepend(...tools.elements);
  return {
    element: tile.element,
    move: time.update,
    update(input) {
      tools.update(input);
      tile.show(curvePlot(input), input);
      time.update(input);
    },
  };
}
