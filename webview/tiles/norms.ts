import { cellKey, cellName } from '../cells.ts';
import { normKindOf, normKindsOf, normPlot, spectrumCellOf } from '../charts/normPlot.ts';
import { createSelect } from '../select.ts';
import { createPlotTile } from './plotTile.ts';
import type { Tile, TileContext } from './tile.ts';
import { joinTime } from './timeTile.ts';

/** Singular values, effective rank and norms of the predictors during training. */
export function createNorms(context: TileContext): Tile {
  const { change } = context;
  const tile = createPlotTile('norms', 'Spectrum', context);
  const time = joinTime(tile, 'norms', context);
  const kind = createSelect('Quantity of the predictor', (norm) => change({ norm }));
  const cell = createSelect('Run whose singular values are drawn', (spectrumOf) => change({ spectrumOf }));
  tile.card.tools.prepend(kind.element, cell.element);
  return {
    element: tile.element,
    move: time.update,
    update(input) {
      const shown = normKindOf(input);
      tile.element.hidden = shown === null;
      if (!shown) return;
      const { cells, grid } = input;
      tile.card.title(grid.problem.predictorShape?.length === 2 ? 'Spectrum' : 'Norms');
      kind.set(
        normKindsOf(input).map(({ key, name }) => ({ value: key, label: name })),
        shown.key,
      );
      const known = spectrumCellOf(input);
      cell.element.hidden = shown.key !== 'values' || cells.length < 2;
      cell.set(
        cells.map((one) => ({ value: cellKey(one), label: cellName(one) })),
        known ?? '',
      );
      tile.show(normPlot(input, shown, known), input);
      time.update(input);
    },
  };
}
