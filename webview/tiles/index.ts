/** The tiles of the panel in page order, one line each. */
import type { Preferences } from '../preferences.ts';
import { createCurves } from './curves.ts';
import { createGeneralization } from './generalization.ts';
import { createPredictor } from './predictor.ts';
import { createTheory } from './theory.ts';
import type { Tile } from './tile.ts';
import { createTrajectories } from './trajectories.ts';

const makers = [createTrajectories, createGeneralization, createCurves, createPredictor, createTheory];

/** @param change stores a choice made in a tile and redraws the page */
export function createTiles(change: (preferences: Partial<Preferences>) => void): Tile[] {
  return makers.map((create) => create(change));
}
