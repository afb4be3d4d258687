import { describe, expect, it } from 'vitest';
import { cellsOf } from '../../../extension/lab/results/index.ts';
import { visibleCells } from '../../../webview/cells.ts';
import { defaultPreferences } from '../../../webview/preferences.ts';
import { grid } from './fixtures.ts';

describe('cells', () => {
  it('can be switched off', () => {
    const preferences = { ...defaultPreferences, hiddenOptimizers: ['GD'], hiddenParameterizations: ['square'] };
    expect(visibleCells(cellsOf(grid.runs), preferences).map((cell) => cell.runs[0].id)).toEqual([2]);
  });
});
