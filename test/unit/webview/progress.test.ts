import { expect, it } from 'vitest';
import type { RunResult } from '../../../extension/lab/results.ts';
import { createProgress } from '../../../webview/progress.ts';
import { grid, result } from './fixtures.ts';

const runsOf = (count: number, more: Partial<RunResult> = {}) =>
  new Map(Array.from({ length: count }, (_, id) => [id, { ...result(0, 0, 0, more), id }] as const));
const running = (count: number, more: Partial<RunResult> = {}) =>
  ({ file: 'f', experiment: 'e', status: 'running', stale: false, runs: runsOf(count, more), grid }) as const;

it('tells how long the rest takes, once some runs have ended', () => {
  const progress = createProgress();
  expect(progress.remaining(running(0), 0)).toBeNull();
  expect(progress.remaining(running(2), 20_000)).toBeNull();
  // Eight runs; four of them took 40 s.
  expect(progress.remaining(running(4), 40_000)).toBeCloseTo(40);
  expect(progress.remaining(running(8), 80_000)).toBeNull();
  expect(progress.remaining({ ...running(8), status: 'finished' }, 90_000)).toBeNull();
});

it('says nothing of short times, and counts no run that was there before', () => {
  const progress = createProgress();
  progress.remaining(running(0), 0);
  expect(progress.remaining(running(4), 4000)).toBeNull();
  const stored = createProgress();
  stored.remaining(running(0), 0);
  expect(stored.remaining(running(4, { stored: 'here' }), 60_000)).toBeNull();
});
