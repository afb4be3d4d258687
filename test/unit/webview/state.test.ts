import { describe, expect, it } from 'vitest';
import type { ViewMessage } from '../../../extension/report/view.ts';
import { isViewMessage } from '../../../webview/messages.ts';
import { initialState, type PanelState, reduce } from '../../../webview/state.ts';
import { batch, result, view } from './fixtures.ts';

const following = (...messages: ViewMessage[]): PanelState => messages.reduce(reduce, initialState);
const shown: ViewMessage = {
  type: 'view',
  view: view({ samples: [batch(0, [0, 1], [3, 2])] }),
  choices: [
    { file: '/lab/small.lab.ts', experiment: 'small', status: 'running' },
    { file: '/lab/small.lab.ts', experiment: 'other', status: 'idle' },
  ],
};

describe('the state', () => {
  it('takes a whole view and finds curves and runs by number', () => {
    const { experiment, received } = following({
      ...shown,
      view: view({ runs: [result(3, 0, 0.5)], samples: [batch(5, [0], [1])] }),
    });
    expect(received).toBe(true);
    expect(experiment?.runs.get(3)?.test?.error).toBe(0.5);
    expect(experiment?.samples.get(5)?.run).toBe(5);
  });

  it('appends samples to the run they belong to, and leaves the earlier state alone', () => {
    const before = following(shown);
    const next = reduce(before, { type: 'sampled', samples: [batch(0, [2], [1]), batch(1, [0], [4])] });
    expect([...next.experiment!.samples.get(0)!.trainLoss]).toEqual([3, 2, 1]);
    expect([...next.experiment!.samples.get(1)!.trainLoss]).toEqual([4]);
    expect([...before.experiment!.samples.get(0)!.trainLoss]).toEqual([3, 2]);
    expect(before.experiment!.samples.has(1)).toBe(false);
  });

  it('keeps earlier results on view while a new run has no sample, and drops them with the fresh view', () => {
    const stale = following(
      shown,
      { type: 'ran', run: result(0, 0.1, 0.2) },
      { type: 'status', status: 'running', failure: null, seconds: null, finishedAt: null, stale: true },
    );
    expect(stale.experiment?.stale).toBe(true);
    expect(stale.experiment?.runs.size).toBe(1);
    const fresh = reduce(stale, { type: 'view', view: view({ samples: [batch(0, [0], [3])] }), choices: [] });
    expect(fresh.experiment?.stale).toBe(false);
    expect(fresh.experiment?.runs.size).toBe(0);
  });

  it('shows a status in the choices too', () => {
    const { choices } = following(shown, {
      type: 'status',
      status: 'failed',
      failure: null,
      seconds: null,
      finishedAt: null,
      stale: false,
    });
    expect(choices.map((choice) => choice.status)).toEqual(['failed', 'idle']);
  });

  it('ignores news while no experiment is on view', () => {
    expect(following({ type: 'ran', run: result(0, 0, 0) })).toEqual(initialState);
  });
});

describe('messages', () => {
  it('are told from everything else that arrives in a page', () => {
    expect(isViewMessage(shown)).toBe(true);
    expect(isViewMessage({ type: 'view', view: null, choices: [] })).toBe(true);
    for (const other of [
      null,
      'view',
      3,
      {},
      { type: 'toString' },
      { type: 'unknown' },
      { type: 'view' },
      { type: 'sampled' },
      { type: 'ran', run: 1 },
    ]) {
      expect(isViewMessage(other), JSON.stringify(other)).toBe(false);
    }
  });
});
