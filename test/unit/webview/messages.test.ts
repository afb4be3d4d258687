import { describe, expect, it } from 'vitest';
import type { ViewMessage } from '../../../extension/report/view.ts';
import { isViewMessage } from '../../../webview/messages.ts';
import { batch, view } from './fixtures.ts';

const shown: ViewMessage = {
  type: 'view',
  view: view({ samples: [batch(0, [0, 1], [3, 2])] }),
  choices: [
    { file: '/lab/small.lab.ts', experiment: 'small', status: 'running' },
    { file: '/lab/small.lab.ts', experiment: 'other', status: 'idle' },
  ],
};

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
