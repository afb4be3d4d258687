/** Describes which engine computed the runs, and why. Shared by table, editor and panel. */
import type { Deviation, RunResult } from '../lab/results.ts';
import { deviceLabel } from './deviceLabel.ts';

/** The complete notes, for views with enough space. */
export function engineNotes(runs: readonly RunResult[]) {
  return {
    computed: [...cpuNotes(runs), ...gpuNotes(runs)],
    reasons: reasonNotes(runs, 'reason'),
    fallbacks: reasonNotes(runs, 'fallback'),
  };
}

function cpuNotes(runs: readonly RunResult[]): string[] {
  const counts = new Map<string, number>();
  for (const run of runs) {
    if (run.engine === 'cpu') counts.set(deviceLabel(run), (counts.get(deviceLabel(run)) ?? 0) + 1);
  }
  return [...counts].map(([label, count]) => `${label}: ${count} of ${runs.length} runs`);
}

/** Runs computed on a GPU, completely or partly, and their deviation from float64. */
export function gpuNotes(runs: readonly RunResult[]): string[] {
  const onGpu = runs.filter(({ engine, movedToCpu }) => engine === 'gpu' && !movedToCpu);
  const notes = [...new Set(onGpu.map(({ device }) => device))].map((device) => {
    const there = onGpu.filter((run) => run.device === device);
    const most = Math.max(...there.map(({ together }) => together ?? 1));
    const together = most > 1 ? `, up to ${most} in one batch` : '';
    return `${device}: ${there.length} of ${runs.length} runs${together}`;
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

/** Runs started on a GPU and finished on the CPU: partly float32, partly float64. */
export function movedNotes(runs: readonly RunResult[]): string[] {
  const texts = runs.map(({ device, movedToCpu }) =>
    movedToCpu ? `${device} up to step ${movedToCpu.step}, then CPU · float64: ${movedToCpu.reason}` : null,
  );
  return grouped(texts);
}

/** The reasons given by runs, with the number of runs; reasons that differ only in numbers are merged. */
export function reasonNotes(runs: readonly RunResult[], kind: 'reason' | 'fallback'): string[] {
  return grouped(runs.map((run) => run[kind] ?? null));
}

/** Each distinct text with its number of runs; null is ignored. */
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
    const more = others.length > 0 ? ' (and similar)' : '';
    return `${first}${more}: ${counts.get(words)} of ${texts.length} runs`;
  });
}
