import { describe, expect, it } from 'vitest';
import { curvePlot } from '../../../../webview/charts/curvePlot.ts';
import { generalizationPlot } from '../../../../webview/charts/generalizationPlot.ts';
import { pinnedInputs } from '../../../../webview/charts/ghosts.ts';
import { chartInput, theme } from '../chartInput.ts';
import { batch, result } from '../fixtures.ts';

const now = chartInput({
  view: { samples: [batch(0, [0, 1, 10], [4, 2, 1])], runs: [result(0, 1, 0.2)], status: 'finished' },
});
const then = chartInput({
  view: { samples: [batch(0, [0, 1, 10], [4, 3, 3])], runs: [result(0, 1, 0.3)], status: 'finished' },
});
const pinned = (preferences = {}) =>
  pinnedInputs(
    { ...now, preferences: { ...now.preferences, ...preferences } },
    [{ key: 'k', date: 0, text: '', experiment: then.experiment }],
    3_600_000,
  );

describe('a pinned run', () => {
  it('is drawn behind the curves, grey, and read under its name', () => {
    const { spec, caption } = curvePlot({ ...now, pinned: pinned() });
    const lines = spec.marks.flatMap((mark) => (mark.kind === 'line' ? [mark] : []));
    expect(lines[0]).toMatchObject({ colour: theme.muted, y: [3, 3] });
    expect(lines[0].reading?.name.replace(/\u202f/g, ' ')).toBe('linear · GD, train (pinned, 1 h ago)');
    expect(lines.find(({ reading }) => reading?.name === 'linear · GD, train')?.y).toEqual([2, 1]);
    expect(caption).toContain('Grey dots: pinned runs.');
  });

  it('has its numbers beside those of now', () => {
    const { spec } = generalizationPlot({ ...now, pinned: pinned() });
    expect(spec.texts?.find(({ side, y }) => side === 'right' && y === 0)).toMatchObject({
      text: '20\u202f%',
      below: '1 of 2 stopped, was 30\u202f%',
    });
  });

  it('is hidden with its cell', () => {
    expect(pinned({ hiddenOptimizers: ['GD'] })[0].cells.map(({ optimizer }) => optimizer)).toEqual(['NGD', 'NGD']);
  });
});
