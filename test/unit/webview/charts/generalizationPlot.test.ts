import { expect, it } from 'vitest';
import { generalizationPlot, rowNumbers } from '../../../../webview/charts/generalizationPlot.ts';
import { chartInput } from '../chartInput.ts';
import { grid, result } from '../fixtures.ts';

const runs = grid.runs.map(({ id }) => result(id, 0, id < 2 ? 1 : 0.1, id < 2 ? { diverged: 3 } : {}));
const input = chartInput({ view: { runs, status: 'finished' } });

it('a cell whose runs all diverged reads the same everywhere, and draws nothing', () => {
  const plot = generalizationPlot(input);
  const [row] = plot.rows;
  const texts = plot.spec.texts?.filter(({ y, side }) => y === 0 && side === 'right');
  expect(texts).toMatchObject([{ text: '–', below: '2 of 2 diverged' }]);
  expect(rowNumbers(row, input)).toMatchObject([
    { value: '–' },
    { value: '–' },
    { value: '–' },
    { value: '0 (2 of 2 diverged)' },
  ]);
  expect(plot.table.rows[0]).toEqual(['linear · GD', '–', '–', '0', '2 of 2 diverged']);
  expect(plot.spoken).toContain('linear · GD: train –, test – (2 of 2 diverged)');
  const drawn = plot.spec.marks.filter((mark) => mark.cell === JSON.stringify(['linear', 'GD']));
  expect(drawn.every((mark) => mark.kind === 'points' && mark.x.length === 0)).toBe(true);
});

it('the axis is that of the runs that count', () => {
  const { spec } = generalizationPlot(input);
  expect(spec.x.max).toBeCloseTo(0.103);
});

it('says why it is empty: nothing has ended yet, or nothing has finished', () => {
  expect(generalizationPlot(input).empty).toBeNull();
  const waiting = chartInput({ view: { runs: [], status: 'running' } });
  expect(generalizationPlot(waiting).empty).toBe('Train and test error of each combination will appear here.');
  const lost = grid.runs.map(({ id }) => result(id, 0, 1, { diverged: 3 }));
  expect(generalizationPlot(chartInput({ view: { runs: lost, status: 'finished' } })).empty).toMatch(
    /^No run has finished \(\d+ of \d+ diverged\): there is nothing to average\.$/,
  );
  expect(generalizationPlot({ ...input, cells: [] }).empty).toBe('Everything is hidden in the legend.');
});
