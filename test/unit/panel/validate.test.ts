import { describe, expect, it } from 'vitest';
import { readKeptState, readWebviewMessage } from '../../../extension/panel/validate.ts';

describe('messages of the webview', () => {
  it('are read when they are well formed', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'run' },
      { type: 'stop' },
      { type: 'select', file: '/a.lab.ts', experiment: 'one' },
      { type: 'reveal', file: '/a.lab.ts', line: 1, column: 2 },
      { type: 'export', of: { view: '{}', tile: null } },
      { type: 'export', of: { view: '{}', tile: { title: 'Curves', figure: 'loss', table: 'curves' } } },
    ]) {
      expect(readWebviewMessage(message)).toEqual(message);
    }
  });

  it('are refused otherwise', () => {
    for (const data of [
      null,
      'run',
      { type: 'execute' },
      { type: 'run', file: '/other' },
      { type: 'select', file: '/a.lab.ts' },
      { type: 'select', file: '', experiment: 'one' },
      { type: 'reveal', file: '/a.lab.ts', line: 0, column: 1 },
      { type: 'reveal', file: '/a.lab.ts', line: 1.5, column: 1 },
      { type: 'reveal', file: 7, line: 1, column: 1 },
      { type: 'export', of: { view: 'x'.repeat(200_000), tile: null } },
      { type: 'export', of: { view: '{}', tile: { title: 'Curves', figure: '--out', table: null } } },
    ]) {
      expect(readWebviewMessage(data), JSON.stringify(data)).toBeNull();
    }
  });

  it('and what a restored page kept is read or refused', () => {
    expect(readKeptState({ file: '/a', experiment: 'b', preferences: {} })).toEqual({ file: '/a', experiment: 'b' });
    expect(readKeptState(undefined)).toBeNull();
    expect(readKeptState({ file: '/a' })).toBeNull();
  });
});
