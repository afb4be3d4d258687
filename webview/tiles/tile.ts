import type { ExportRequest } from '../../extension/report/exportRequest.ts';
import type { ChartInput } from '../charts/input.ts';
import type { Interaction } from '../interaction.ts';
import type { Change } from '../preferences.ts';

/** One chart of the panel, in its card. */
export interface Tile {
  element: HTMLElement;
  update(input: ChartInput): void;
  /** Called in place of `update` if nothing but the slider has moved; absent if that changes nothing in the tile. */
  move?(input: ChartInput): void;
}

/** What a tile uses of the page. */
export interface TileContext {
  /** Stores a choice made in a tile and redraws the page. */
  change: Change;
  interaction: Interaction;
  /** Asks for a tile as a file. */
  save(tile: ExportRequest['tile']): void;
}
