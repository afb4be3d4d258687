import { describe, expect, it } from 'vitest';
import type { Line } from '../../../extension/editor/cells.ts';
import { experimentText, parameterizationText, sparkline } from '../../../extension/editor/resultText.ts';
import type { Spread } from '../../../extension/lab/results/index.ts';

const share = { name: 'test error', unit: 'share', part: 'test' } as const;
const rmse = { name: 'test RMSE', unit: 'number', part: 'test' } as const;

const spread = (mean: number, deviation: number | null = null, n = deviation === null ? 1 : 8): Spread => ({
  ...{ mean, deviation, n },
  ...{ min: mean, max: mean },
});
const all = {
  ...{ total: 8, counted: 8, finished: 8, singular: 0, diverged: 0 },
  ...{ unsolved: 0, kink: 0, imprecise: 0, stopped: 0, running: 0 },
};

const line = (optimizer: string, spreads: Spread[], changes: Partial<Line> = {}): Line => ({
  parameterization: 'linear',
  optimizer,
  spreads,
  tally: all,
  curve: [],
  ...changes,
});

describe('results beside the lines', () => {
  it('give each optimizer with its range over the parameterizations', () => {
    const lines = [
      line('GD', [spread(0.3)]),
      line('NGD', [spread(0.36)]),
      line('GD', [spread(0.11)], { parameterization: 'square' }),
    ];
    expect(experimentText(lines, share)).toBe('GD 11–30 % · NGD 36 % test error');
    const text = (mean: number, deviation: number, measure: typeof share | typeof rmse = share) =>
      experimentText([line('GD', [spread(mean, deviation)])], measure);
    expect(text(0.021, 0.003, rmse)).toBe('GD 0.021 ± 0.003 test RMSE, n = 8');
    expect(text(0.3, 0.0323)).toBe('GD 30 % ± 3 test error, n = 8');
    expect(text(0.3, 0)).toBe('GD 30 % ± 0 test error, n = 8');
    expect(experimentText([], share)).toBe('');
  });

  it('give a parameterization with its curves on one scale', () => {
    const lines = [
      line('GD', [spread(0.3, 0.01)], { curve: [0.5, 0.4, 0.3] }),
      line('NGD', [spread(0.25)], { curve: [0.5, 0.25] }),
      line('GD', [spread(0.1)], { parameterization: 'square' }),
    ];
    expect(parameterizationText(lines, 'linear', share)).toBe('GD 30 % ± 1 █▇▅ · NGD 25 % █▅, n = 8');
    expect(parameterizationText(lines, 'square', share)).toBe('GD 10 %');
    expect(parameterizationText(lines, 'new', share)).toBe('');
  });

  it('say how many runs did not come to an end', () => {
    const some = { ...all, counted: 5, diverged: 3 };
    const lines = [
      line('GD', [spread(0.3, 0.02, 5)], { tally: some }),
      line('NGD', [], { tally: { ...all, counted: 0, diverged: 7, stopped: 1 } }),
    ];
    expect(experimentText(lines, share)).toBe(
      'GD 30 % ± 2 (3 of 8 diverged) · NGD 7 of 8 diverged, 1 stopped test error',
    );
    expect(parameterizationText(lines, 'linear', share)).toBe(
      'GD 30 % ± 2 (3 of 8 diverged) · NGD 7 of 8 diverged, 1 stopped',
    );
  });

  it('say nothing of errors where no run came to an end', () => {
    const lines = [line('GD', [], { tally: { ...all, counted: 0, stopped: 8 } })];
    expect(experimentText(lines, share)).toBe('GD 8 of 8 stopped');
  });

  it('draw curves that diverge or vanish', () => {
    expect(sparkline([1, Number.NaN, 0], 1)).toBe('█×▁');
    expect(sparkline([0, 0], 0)).toBe('');
  });
});
