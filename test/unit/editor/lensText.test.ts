import { describe, expect, it } from 'vitest';
import { outcomeText, progressText, secondsText } from '../../../extension/editor/lensText.ts';
import { type ExperimentView, idleRecord } from '../../../extension/runs/record.ts';
import { FILE, failure, grid, result } from '../runs/events.ts';

const view = (changes: Partial<ExperimentView> = {}): ExperimentView => ({
  ...idleRecord(FILE, 'One').view,
  status: 'finished',
  grid: grid(),
  ...changes,
});

describe('lenses', () => {
  it('count the runs', () => {
    expect(progressText(view({ status: 'loading' }))).toBe('loading');
    expect(progressText(view({ status: 'running', runs: [result(0, 0.1)] }))).toBe('running 1/8');
    expect(progressText(view({ status: 'running', stale: true, runs: [result(0, 0.1)] }))).toBe('running');
  });

  it('say how it went', () => {
    const claims = [true, true, false].map((holds, i) => ({ claim: `claim ${i}`, holds, error: null }));
    const runs = grid().runs.map(({ id }) => result(id, 0.1));
    expect(outcomeText(view({ runs, seconds: 1.94, claims: claims.slice(0, 2) }))).toBe('✓ 2 claims · 2 seeds · 1.9 s');
    expect(outcomeText(view({ runs, seconds: 1.94, claims }))).toBe('✗ failed 1 of 3 claims · 2 seeds · 1.9 s');
    const broken = runs.map((run, i) => (i < 3 ? { ...run, diverged: 7 } : i < 4 ? { ...run, singular: 0.1 } : run));
    expect(outcomeText(view({ seconds: 61, runs: broken }))).toBe('2 seeds · 3 of 8 diverged, 1 singular · 1 min 1 s');
    expect(outcomeText(view({ runs, stale: true, seconds: 12 }))).toBe('2 seeds · 12 s · text changed');
    expect(outcomeText(view({ status: 'canceled', runs: [result(0, 0.1)] }))).toBe('stopped at 1/8');
    expect(outcomeText(view({ status: 'failed', failure: failure({ message: 'no such thing\nmore' }) }))).toBe(
      '✗ no such thing',
    );
    expect(outcomeText(view({ status: 'idle' }))).toBeNull();
  });

  it.each([
    [0.04, '0.0 s'],
    [9.96, '10 s'],
    [59.6, '1 min 0 s'],
    [125, '2 min 5 s'],
  ])('say %d seconds as %s', (seconds, text) => {
    expect(secondsText(seconds)).toBe(text);
  });
});
