import { describe, expect, it } from 'vitest';
import { curvePlot } from '../../../../webview/charts/curvePlot.ts';
import { earlierSweeps, earlierValue } from '../../../../webview/charts/earlierSweeps.ts';
import { generalizationPlot } from '../../../../webview/charts/generalizationPlot.ts';
import { pinnedInputs } from '../../../../webview/charts/ghosts.ts';
import { marginPlot } from '../../../../webview/charts/marginPlot.ts';
import { picturesOf } from '../../../../webview/charts/predictorPictures.ts';
import { sweepDataOf } from '../../../../webview/charts/sweepData.ts';
import { sweepPlot } from '../../../../webview/charts/sweepPlot.ts';
import { chartInput, theme } from '../chartInput.ts';
import { batch, result, grid as smallGrid } from '../fixtures.ts';

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

  it('is drawn as margins, with its ratio beside that of now', () => {
    const ended = (outputs: number[]) => ({
      samples: [{ ...batch(0, [0, 10], [4, 1]), snapshots: models(outputs) }],
      runs: [{ ...result(0, 0, 0.2), outputs: Float64Array.from(outputs), predictor: Float64Array.of(0, 1) }],
      status: 'finished' as const,
    });
    const problem = { ...smallGrid.problem, trainTargets: Float64Array.of(1, 1, -1, -1) };
    const grid = { ...smallGrid, problem };
    const [first, second] = [
      [2, 4, -4, -4],
      [1, 2, -2, -8],
    ].map((outputs) => chartInput({ grid, view: ended(outputs) }));
    const earlier = pinnedInputs(second, [{ key: 'k', date: 0, text: '', experiment: first.experiment }], 1000);
    const { spec, caption } = marginPlot({ ...second, pinned: earlier });
    expect(spec.texts?.find(({ side }) => side === 'right')).toMatchObject({ text: '0.5', below: 'was 0.5' });
    const ghosts = spec.marks.filter((mark) => mark.kind === 'line' && mark.colour === theme.muted && mark.cell);
    expect(ghosts.map((mark) => mark.kind === 'line' && mark.x[0])).toEqual([2, 4]);
    expect(caption).toContain('Grey dots: pinned runs.');
  });

  it('has its coefficients on those of now, and its likeness to the truth beside', () => {
    const ended = (predictor: number[]) => ({
      samples: [{ ...batch(0, [0, 10], [4, 1]), snapshots: models([0, 0, 0, 0]) }],
      runs: [{ ...result(0, 0, 0.2), outputs: new Float64Array(4), predictor: Float64Array.from(predictor) }],
      status: 'finished' as const,
    });
    const [first, second] = [
      [1, 0],
      [3, 4],
    ].map((predictor) => chartInput({ view: ended(predictor) }));
    const earlier = pinnedInputs(second, [{ key: 'k', date: 0, text: '', experiment: first.experiment }], 1000);
    const { pictures } = picturesOf({ ...second, pinned: earlier });
    expect(pictures[0]).toMatchObject({ note: 'cosine 1.00, was 0.60' });
    expect(Array.from(pictures[0].earlier[0])).toEqual([1, 0]);
  });

  it('is drawn in a sweep at its own points, and named with them', () => {
    const over = (scales: number[], losses: number[]) => {
      const points = scales.map((scale) => ({ scale }));
      const runs = points.map((point, id) => ({ ...ONE, id, point, seed: 1 }));
      const grid = { ...smallGrid, ...SINGLE, points, runs };
      const ended = runs.map((run, i) => ({ ...result(0, losses[i], losses[i]), ...run }));
      return chartInput({ grid, view: { runs: ended, samples: [], status: 'finished' } });
    };
    const before = over([1, 2, 3], [0.1, 0.2, 0.3]);
    const after = over([2, 3, 4], [0.25, 0.35, 0.45]);
    const earlier = pinnedInputs(after, [{ key: 'k', date: 0, text: '', experiment: before.experiment }], 1000);
    const input = { ...after, pinned: earlier };
    const data = sweepDataOf(input)!;
    const { spec } = sweepPlot(input, data);
    const lines = spec.marks.flatMap((mark) => (mark.kind === 'line' && mark.reading ? [mark] : []));
    expect(lines.map(({ x, y }) => [x, y])).toEqual([
      [
        [1, 2, 3],
        [0.1, 0.2, 0.3],
      ],
      [
        [2, 3, 4],
        [0.25, 0.35, 0.45],
      ],
    ]);
    const sweeps = earlierSweeps(input, data);
    const key = data.rows[0].key;
    expect([0, 1, 2].map((point) => earlierValue(sweeps, data, key, point)?.spread?.mean)).toEqual([
      0.2,
      0.3,
      undefined,
    ]);
  });
});

const ONE = { parameterization: 'linear', optimizer: 'GD' };
const SINGLE = { parameterizations: ['linear'], optimizers: smallGrid.optimizers.slice(0, 1), seeds: [1] };

/** Two snapshots of a model of four examples and two coefficients. */
const models = (outputs: number[]) => ({
  ...{ step: Float64Array.of(0, 10), time: Float64Array.of(0, 1) },
  ...{ outputs: Float32Array.of(0, 0, 0, 0, ...outputs), predictors: Float32Array.of(0, 0, 0, 1) },
});
