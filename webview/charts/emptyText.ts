import { tallyIn, tallyText } from '../../extension/lab/results/index.ts';
import { knownOf } from '../state.ts';
import type { ChartInput } from './input.ts';

/** What a tile says while the legend hides all that it would show. */
export const ALL_HIDDEN = 'Everything is hidden in the legend.';

/**
 * What a chart of averages says while it shows nothing.
 * @param waiting for the time until a run has ended
 */
export function emptyText({ cells, experiment }: Pick<ChartInput, 'cells' | 'experiment'>, waiting: string): string {
  if (cells.length === 0) return ALL_HIDDEN;
  const known = knownOf(experiment);
  const tally = tallyIn(
    cells.flatMap(({ runs }) => runs),
    known,
  );
  if (!known.isOver || tally.counted > 0) return waiting;
  return `No run has finished (${tallyText(tally)}): there is nothing to average.`;
}
