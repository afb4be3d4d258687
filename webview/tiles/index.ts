/** The tiles of the panel in page order, one line each. */
import { createCurves } from './curves.ts';
import { createData } from './data.ts';
import { createGeneralization } from './generalization.ts';
import { createMargins } from './margins.ts';
import { createNorms } from './norms.ts';
import { createPredictor } from './predictor.ts';
import { createSweep } from './sweep.ts';
import { createTheory } from './theory.ts';
import type { Tile, TileContext } from './tile.ts';
import { createTrajectories } from './trajectories.ts';

const makers = [
  createSweep,
  createTrajectories,
  createGeneralization,
  createCurves,
  createPredictor,
  createNorms,
  createMargins,
  createData,
  createTheory,
];

export function createTiles(context: TileContext): Tile[] {
  return makers.map((create) => create(context));
}
