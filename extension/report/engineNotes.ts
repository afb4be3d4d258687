/** What computed the runs, and why, in words: under the table, and in VS Code's status bar. */
import type { Deviation, RunResult } from '../lab/results.ts';

/** All that there is to say, for a place with room for it. */
export function engineNotes(runs: readonly RunResult[]) {
  return {
    computed: [...processorNotes(runs), ...cardNotes(runs)],
    reasons: reasonNotes(runs, 'reason'),
    fallbacks: reasonNotes(runs, 'fallback'),
  };
}

function processorNotes(runs: readonly RunResult[]): string[] {
  const counts = new Map<string, number>();
  for (const { engine, device } of runs) if (engine === 'cpu') counts.set(device, (counts.get(device) ?? 0) + 1);
  return [...counts].map(([device, count]) => `on the CPU · ${device}: ${count} of ${runs.length} runs`);
}

/** What ran on a graphics card, and how far that is from float64. */
export function cardNotes(runs: readonly RunResult[]): string[] {
  const onCard = runs.filter(({ engine }) => engine === 'gpu');
  if (onCard.length === 0) return [];
  const notes = [...new Set(onCard.map(({ device }) => device))].map((device) => {
    const there = onCard.filter((run) => run.device === device);
    const most = Math.max(...there.map(({ together }) => together ?? 1));
    const together = most > 1 ? `, up to ${most} side by side` : '';
    return `on ${device}: ${there.length} of ${runs.length} runs${together}`;
  });
  const repeated = onCard.flatMap(({ deviation }) => (deviation ? [deviation] : []));
  const largest = (name: string, key: keyof Deviation) => {
    const values = repeated.map((deviation) => deviation[key]).filter((value) => value !== null);
    return values.length > 0 ? [`${name} ${Number(Math.max(...values).toPrecision(2))}`] : [];
  };
  const gaps = [
    ...largest('predictor', 'predictor'),
    ...largest('train loss', 'trainLoss'),
    ...largest('test loss', 'testLoss'),
  ];
  const count = repeated.length === 1 ? '1 run' : `${repeated.length} runs`;
  if (gaps.length > 0) notes.push(`${count} repeated in float64, relative deviation at most: ${gaps.join(' · ')}`);
  return notes;
}

/** The reasons that runs give, and how many give them; reasons that differ in numbers alone are one. */
export function reasonNotes(runs: readonly RunResult[], kind: 'reason' | 'fallback'): string[] {
  const reasons = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  for (const { [kind]: reason } of runs) {
    if (reason === undefined) continue;
    const words = reason.replace(/\d+(\.\d+)?(e\d+)?|∞/g, '#');
    reasons.set(words, (reasons.get(words) ?? new Set()).add(reason));
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...reasons].map(([words, [first, ...others]]) => {
    const more = others.length > 0 ? ', and the like' : '';
    return `${first}${more}: ${counts.get(words)} of ${runs.length} runs`;
  });
}
