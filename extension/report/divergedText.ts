/** What is said of an optimizer with which runs diverged, and how to mend it. */
import type { Fix } from '../lab/fixes.ts';
import { endingOf } from '../lab/results/index.ts';
import type { Inspection, RunResult } from '../lab/results.ts';

/** Parameterizations that are named. */
const MOST_NAMED = 3;

export interface Divergence {
  optimizer: string;
  text: string;
  /** The fix of the optimizer's options, if a rate is known with which the runs do not diverge. */
  fixes: Fix[];
}

/** One entry for each optimizer with which runs diverged. @param inspection null while it is not known */
export function divergencesOf(runs: readonly RunResult[], inspection: Inspection | null): Divergence[] {
  const diverged = runs.filter((run) => endingOf(run) === 'diverged');
  return [...new Set(diverged.map(({ optimizer }) => optimizer))].map((optimizer) => {
    const own = diverged.filter((run) => run.optimizer === optimizer);
    const names = [...new Set(own.map(({ parameterization }) => parameterization))];
    const named = names.slice(0, MOST_NAMED).map((name) => {
      const cell = runs.filter((run) => run.optimizer === optimizer && run.parameterization === name);
      const lost = own.filter(({ parameterization }) => parameterization === name);
      const stable = inspection?.parameterizations.find((one) => one.name === name)?.stableRate;
      const bound = stable ? `, largest stable rate of gradient descent at the start ${digits(stable)}` : '';
      return `'${name}' (${lost.length} of ${cell.length} runs${bound})`;
    });
    const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
    const rate = inspection?.rates.find((one) => one.optimizer === optimizer)?.rate;
    const tried = rate === undefined ? '' : ` At rate ${rate} the first run of each was tried: none diverges.`;
    return {
      optimizer,
      text: `${optimizer} diverged with ${named.join(', ')}${more}.${tried}`,
      fixes: rate === undefined ? [] : [{ type: 'set', path: ['rate'], value: String(rate) }],
    };
  });
}

const digits = (value: number) => String(Number(value.toPrecision(2)));
