/** Texts of the code lenses. */
import { knownResults, tallyIn, tallyText } from '../lab/results/index.ts';
import { expectedRuns, partText } from '../report/onlySome.ts';
import type { ExperimentView } from '../runs/record.ts';

/** Progress of a running experiment. */
export function progressText({ status, grid, runs, stale }: ExperimentView): string {
  if (status === 'loading') return 'loading';
  if (!grid || stale) return 'running';
  return `running ${runs.length}/${expectedRuns(grid, idsOf(runs))}`;
}

const idsOf = (runs: ExperimentView['runs']) => runs.map(({ id }) => id);

/** Outcome of the latest run in one line; null if there is none. */
export function outcomeText(view: ExperimentView): string | null {
  const { status, grid, runs, failure, stale } = view;
  if (status === 'failed') return `✗ ${firstSentence(failure?.message ?? 'failed')}`;
  if (status === 'canceled') {
    return grid && !stale ? partText(grid, idsOf(runs)) : 'stopped';
  }
  if (status !== 'finished' || !grid) return null;
  const parts = [...claimsText(view), ...seedsText(view), ...brokenText(view)];
  if (view.seconds !== null) parts.push(secondsText(view.seconds));
  if (stale) parts.push('text changed');
  return parts.join(' · ');
}

function claimsText({ claims }: ExperimentView): string[] {
  if (claims.length === 0) return [];
  const broken = claims.filter(({ holds }) => !holds).length;
  return [broken > 0 ? `✗ failed ${broken} of ${count(claims.length, 'claim')}` : `✓ ${count(claims.length, 'claim')}`];
}

function seedsText({ grid }: ExperimentView): string[] {
  if (!grid) return [];
  return [grid.seeds.length > 1 ? count(grid.seeds.length, 'seed') : count(grid.runs.length, 'run')];
}

function brokenText(view: ExperimentView): string[] {
  const { grid, runs } = view;
  const lost = grid ? tallyText(tallyIn(grid.runs, knownResults(runs))) : '';
  return lost ? [lost] : [];
}

/** A duration: `0.3 s`, `12 s`, `2 min 5 s`. */
export function secondsText(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;

function firstSentence(message: string): string {
  const [line = ''] = message.split('\n', 1);
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
