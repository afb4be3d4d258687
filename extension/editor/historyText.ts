/** How an earlier run is described in a list. */
import type { HistoryEntry } from '../report/history.ts';
import { shownName, withoutIcons } from '../report/shownName.ts';

/** What has changed between a run and the one before it, in one line; empty if nothing that is listed here has. */
export function changesText(entry: HistoryEntry, before: HistoryEntry | undefined): string {
  if (!before) return '';
  const parts: string[] = [];
  const named = (what: string, now: readonly string[], then: readonly string[]) => {
    const added = now.filter((name) => !then.includes(name));
    const gone = then.filter((name) => !now.includes(name));
    parts.push(...added.map((name) => `+ ${what} ${name}`), ...gone.map((name) => `− ${what} ${name}`));
  };
  named('parameterization', entry.grid.parameterizations, before.grid.parameterizations);
  named('optimizer', entry.grid.optimizers, before.grid.optimizers);
  const counted = (what: string, now: number | null, then: number | null) => {
    if (now !== then) parts.push(`${what} ${then ?? 'none'} → ${now ?? 'none'}`);
  };
  counted('seeds', entry.grid.seeds, before.grid.seeds);
  counted('steps', entry.grid.steps, before.grid.steps);
  counted('points', entry.grid.points, before.grid.points);
  if (parts.length === 0 && entry.text !== before.text) parts.push('text changed');
  return parts.join(', ');
}

/** When a run ended. */
export function dateText(date: number, now: number): string {
  const [then, today] = [new Date(date), new Date(now)];
  const time = then.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  if (then.toDateString() === today.toDateString()) return time;
  const yesterday = new Date(now - 86_400_000);
  if (then.toDateString() === yesterday.toDateString()) return `yesterday ${time}`;
  return `${then.toLocaleDateString()} ${time}`;
}

/** Claims, runs and seconds in one line. */
export function outcomeText({ outcome, claims, runs, seconds }: HistoryEntry): string {
  const parts: string[] = [];
  if (outcome !== 'finished')
    parts.push(`${outcome === 'failed' ? 'failed' : 'stopped'} at ${runs.ended}/${runs.total}`);
  if (claims.total > 0) parts.push(`${claims.held === claims.total ? '✓' : '✗'} ${claims.held}/${claims.total} claims`);
  parts.push(`${runs.total} runs`);
  if (seconds !== null) parts.push(`${seconds.toPrecision(2)} s`);
  return parts.join(' · ');
}

/** Text of the user's for a list in which `$(…)` would be an icon. */
export const plain = (text: string): string => withoutIcons(shownName(text, 300));
