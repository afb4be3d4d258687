import { expect, it } from 'vitest';
import type { TheoryCurve } from '../../../../extension/lab/results.ts';
import { theoryCurves } from '../../../../webview/charts/theoryCurves.ts';
import { chartInput } from '../chartInput.ts';

const curve = (run: number, name: string, scale = 1): TheoryCurve => ({
  ...{ run, name, step: Float64Array.of(0, 1, 2), time: Float64Array.of(0, 0.1, 0.2) },
  trainLoss: Float64Array.of(4 * scale, 2 * scale, scale),
});
const answer = (...curves: TheoryCurve[]) => ({
  point: null,
  seed: 1,
  targets: [],
  conditions: [],
  comparisons: [],
  curves,
});

it('curves of theory are drawn once for all runs that share them, over the axis on view', () => {
  const theory = [answer(curve(0, 'flow'), curve(1, 'flow'), curve(2, 'modes', 3))];
  const drawn = theoryCurves(
    chartInput({ view: { theory }, preferences: { x: 'time', logX: { step: null, time: false } } }),
    true,
  );
  expect(drawn.map(({ reading }) => reading?.name)).toEqual(['theory: flow', 'theory: modes']);
  expect(drawn[0].x).toEqual([0, 0.1, 0.2]);
});

it('those of hidden runs are not drawn', () => {
  const input = chartInput({
    view: { theory: [answer(curve(0, 'flow'))] },
    preferences: { hiddenParameterizations: ['linear'] },
  });
  expect(theoryCurves(input, true)).toEqual([]);
});
