/** Texts of the status bar item: which engine computes the runs of an experiment, and why. */
import type { RunResult } from '../lab/results.ts';
import { backendLabel } from '../report/deviceLabel.ts';
import { engineNotes } from '../report/engineNotes.ts';
import { shownName } from '../report/shownName.ts';
import type { EngineChoice } from '../runs/engineProcesses.ts';
import { type ExperimentView, isBusy } from '../runs/record.ts';
import { escaped } from './escaped.ts';

/** Longer device names are cut: the status bar has little room. */
const LONGEST_DEVICE = 28;

/** The runs on view; none while they are only kept until a new run has its first result. */
const computedRuns = (view: ExperimentView | null): readonly RunResult[] =>
  view && !(view.stale && isBusy(view)) ? view.runs : [];

/**
 * For example `Depth Lab: CPU · WebAssembly SIMD`, `Depth Lab: GPU 18/24, CPU 6/24`, and before any run
 * `Depth Lab: engine auto`.
 */
export function engineText(choice: EngineChoice, view: ExperimentView | null): string {
  const icon = view && isBusy(view) ? '$(loading~spin)' : '$(circuit-board)';
  return `${icon} Depth Lab: ${computedText(view) ?? `engine ${choice}`}`;
}

/** The engines, each with its share if it did not compute the whole grid; null before the first run. */
function computedText(view: ExperimentView | null): string | null {
  const runs = computedRuns(view);
  if (runs.length === 0) return null;
  const total = totalOf(view, runs);
  const engines = ENGINES.map((engine) => ({ engine, count: runs.filter((run) => engineOf(run) === engine).length }))
    .filter(({ count }) => count > 0)
    .map(({ engine, count }) => (count === total ? LABELS[engine] : `${LABELS[engine]} ${count}/${total}`));
  return engines.length > 1 ? engines.join(', ') : `${engines[0]} · ${devicesText(runs)}`;
}

/** In display order; the second is for runs that moved to the CPU on the way. */
const ENGINES = ['gpu', 'moved', 'cpu'] as const;

const LABELS = { gpu: 'GPU', moved: 'GPU → CPU', cpu: 'CPU' } as const;

function engineOf({ engine, movedToCpu }: RunResult): (typeof ENGINES)[number] {
  return movedToCpu ? 'moved' : engine;
}

/** A GPU's name comes first, then how it is used. */
function devicesText(runs: readonly RunResult[]): string {
  const names = [...new Set(runs.map(({ device }) => backendLabel(device.split(' · ', 1)[0] ?? device)))].join(', ');
  return names.length > LONGEST_DEVICE ? `${names.slice(0, LONGEST_DEVICE - 1).trimEnd()}…` : names;
}

const totalOf = (view: ExperimentView | null, runs: readonly RunResult[]) =>
  Math.max(view?.grid?.runs.length ?? 0, runs.length);

/** Markdown. */
export function engineTooltip(choice: EngineChoice, view: ExperimentView | null): string {
  const setting = `Setting \`depthLab.engine\`: **${choice}**. Click to choose another for the next run.`;
  const runs = computedRuns(view);
  if (!view || runs.length === 0) return setting;
  const total = totalOf(view, runs);
  const notes = engineNotes(runs);
  const count = runs.length === total ? String(total) : `${runs.length} of ${total}`;
  return [
    setting,
    list(`**${escaped(shownName(view.experiment))}**, ${count} ${total === 1 ? 'run' : 'runs'}`, notes.computed),
    list('Why it was chosen', notes.reasons),
    list('Why not on the GPU', notes.fallbacks),
    view.stale ? '_These results belong to an earlier version of the text._' : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const list = (head: string, lines: readonly string[]) =>
  lines.length > 0 ? `${head}:\n\n${lines.map((line) => `- ${escaped(line)}`).join('\n')}` : '';
