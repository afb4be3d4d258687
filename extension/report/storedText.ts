/** How many runs came from the store, in words: shared by command line, editor and panel. */
import type { RunResult } from '../lab/results.ts';

/** For example `252 of 288 runs stored, 12 of them computed elsewhere`; empty if none is. */
export function storedText(runs: readonly Pick<RunResult, 'stored'>[]): string {
  const stored = runs.filter((run) => run.stored).length;
  const elsewhere = runs.filter((run) => run.stored === 'elsewhere').length;
  if (stored === 0) return '';
  const which = stored === runs.length ? `all ${runs.length} runs` : `${stored} of ${runs.length} runs`;
  return `${which} stored${elsewhere > 0 ? `, ${elsewhere} of them computed elsewhere` : ''}`;
}
