import { describe, expect, it } from 'vitest';
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

  it('says how long it took and how long ago', () => {
    const text = statusText(experiment({ status: 'finished', seconds: 1.9, finishedAt: 1_000 }), 121_000);
    expect(text.replace(/\u202f/g, ' ')).toBe('finished · 1.9 s · 2 min ago');
  });
});
