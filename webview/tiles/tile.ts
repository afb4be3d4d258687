import type { ChartInput } from '../charts/input.ts';

/** One chart of the panel, in its card. */
export interface Tile {
  element: HTMLElement;
  update(input: ChartInput): void;
}
