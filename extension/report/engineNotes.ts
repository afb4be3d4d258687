/** What computed the runs, and why, in words: the same for table, editor and panel. */
import type { Deviation, RunResult } from '../lab/results.ts';

/** All that there is to say, for a place with room for it. */
export function engineNotes(runs: readonly RunResult[]) {
  return {
    computed: [...cpuNotes(runs), ...gpuNotes(runs)],
    reasons: reasonNotes(runs, 'reason'),
    fallbacks: reasonNotes(runs, 'fallback'),
  };
}

function cpuNotes(runs: readonly RunResult[]): string[] {
  const counts = new Map<string, number>();
  for (const { engine, device } of runs) if (engine === 'cpu') counts.set(device, (counts.get(device) ?? 0) + 1);
  return [...counts].map(([device, count]) => `on the CPU · ${device}: ${count} of ${runs.length} runs`);
}

/** What ran on a GPU, whole or in part, and how far that is from float64. */
export function gpuNotes(runs: readonly RunResult[]): string[] {
  const onGpu = runs.filter(({ engine, movedToCpu }) => engine === 'gpu' && !movedToCpu);
  const notes = [...new Set(onGpu.map(({ device }) => device))].map((device) => {
    const there = onGpu.filter((run) => run.device === device);
    const most = Math.max(...there.map(({ together }) => together ?? 1));
    const together = most > 1 ? `, up to ${most} side by side` : '';
    return `on ${device}: ${there.length} of ${runs.length} runs${together}`;
  });
  notes.push(...movedNotes(runs));
  const repeated = onGpu.flatMap(({ deviation }) => (deviation ? [deviation] : []));
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

/** Runs that a GPU began and the CPU ended: partly float32, partly float64. */
export function movedNotes(runs: readonly RunResult[]): string[] {
  const texts = runs.map(({ device, movedToCpu }) =>
    movedToCpu ? `on ${device} up to step ${movedToCpu.step}, then in float64 on the CPU: ${movedToCpu.reason}` : null,
  );
  return grouped(texts);
}

/** The reasons that runs give, and how many give them; reasons that differ in numbers alone are one. */
export function reasonNotes(runs: readonly RunResult[], kind: 'reason' | 'fallback'): string[] {
  return grouped(runs.map((run) => run[kind] ?? null));
}

/** Each text with the number of runs that have it; null has none. */
function grouped(texts: readonly (string | null)[]): string[] {
  const known = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  for (const text of texts) {
    if (text === null) continue;
    const words = text.replace(/\d+(\.\d+)?(e\d+)?|∞/g, '#');
    known.set(words, (known.get(words) ?? new Set()).add(text));
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...known].map(([words, [first, ...others]]) => {
    const more = others.length > 0 ? ', and the like' : '';
    return `${first}${more}: ${counts.get(words)} of ${texts.length} runs`;
  });
}
