import { describe, expect, it } from 'vitest';
import { predictedSeconds } from '../../../webview/progress.ts';
import { initialState, reduce } from '../../../webview/state.ts';
import { statusText } from '../../../webview/statusText.ts';
import { result, view } from './fixtures.ts';

const experiment = (more = {}) => reduce(initialState, { type: 'view', view: view(more), choices: [] }).experiment!;

describe('the status', () => {
  it('counts runs while they go on, from zero while the results on view are older', () => {
    expect(statusText(experiment({ runs: [result(0, 0, 0)] }), 0)).toBe('running 1/8');
    expect(statusText(experiment({ runs: [result(0, 0, 0)], stale: true }), 0)).toBe('running 0/8');
  });

  it('says how many runs came from the store', () => {
    const runs = [result(0, 0, 0), result(1, 0, 0, { stored: 'elsewhere' })];
    expect(statusText(experiment({ status: 'finished', runs }), 0)).toBe(
      'finished · 1 of 2 runs stored, 1 of them computed elsewhere',
    );
  });

  it('says how long a new run takes once the file has changed', () => {
    const runs = [result(0, 0, 0), result(1, 0, 0)].map((one) => ({ ...one, seconds: 30 }));
    const stale = experiment({ status: 'finished', stale: true, runs });
    // 30 s for each of eight runs, two at a time.
    expect(predictedSeconds(stale, 2)).toBe(120);
    expect(statusText(stale, 0, null, 120).replace(/\u202f/g, ' ')).toBe(
      'finished · the file has changed since then · a new run takes about 2 min',
    );
    // Not sooner than its longest run, whatever the machine.
    expect(predictedSeconds(stale, 64)).toBe(30);
    expect(predictedSeconds({ ...stale, stale: false }, 2)).toBeNull();
    expect(predictedSeconds({ ...stale, status: 'running' }, 2)).toBeNull();
    expect(predictedSeconds(experiment({ status: 'finished', stale: true, runs: [result(0, 0, 0)] }), 2)).toBeNull();
  });

  it('says how long it took and how long ago', () => {
    const text = statusText(experiment({ status: 'finished', seconds: 1.9, finishedAt: 1_000 }), 121_000);
    expect(text.replace(/\u202f/g, ' ')).toBe('finished · 1.9 s · 2 min ago');
  });
});
