import { expectedRuns, partText } from '../extension/report/onlySome.ts';
import { storedText } from '../extension/report/storedText.ts';
import type { RunStatus } from '../extension/report/view.ts';
import { ago, duration, integer } from './format.ts';
import type { Experiment } from './state.ts';

/**
 * The status of the run in words, with its progress.
 * @param remaining seconds until it ends; null if they are few or unknown
 * @param predicted seconds that a new run would take; likewise
 */
export function statusText(
  experiment: Experiment,
  now: number,
  remaining: number | null = null,
  predicted: number | null = null,
): string {
  const { grid } = experiment;
  const ended = [...experiment.runs.keys()];
  const total = grid ? expectedRuns(grid, ended) : 0;
  const done = experiment.stale ? 0 : experiment.runs.size;
  const words: Record<RunStatus, string> = {
    idle: 'not run yet',
    loading: 'loading',
    running: total ? `running ${integer(done)}/${integer(total)}` : 'running',
    finished: 'finished',
    canceled: grid ? partText(grid, ended, integer) : 'stopped',
    failed: 'failed',
  };
  const parts = [words[experiment.status]];
  if (remaining !== null) parts.push(`about ${duration(remaining)} left`);
  if (experiment.status === 'finished') {
    if (experiment.seconds !== null) parts.push(duration(experiment.seconds));
    if (experiment.finishedAt !== null) parts.push(ago(now - experiment.finishedAt));
    const stored = storedText([...experiment.runs.values()]);
    if (stored) parts.push(stored);
    if (experiment.stale) parts.push('the file has changed since then');
  }
  if (predicted !== null) parts.push(`a new run takes about ${duration(predicted)}`);
  return parts.join(' · ');
}
