import { expect, it } from 'vitest';
import { predictedFirst } from '../../../extension/editor/predictedFirst.ts';
import type { Theory } from '../../../extension/lab/results.ts';

const theory = (to: Theory['comparisons'][0]['to']): Theory => ({
  ...{ point: null, seed: 1, targets: [], conditions: [], curves: [] },
  comparisons: [{ run: 0, to }],
});

it('names every prediction of a kind before an experiment has run', () => {
  expect(predictedFirst('condition', [])).toEqual(['max-margin KKT', 'stationarity']);
});

it('names what applied to the data first, each once', () => {
  const compared = [
    theory({ 'least-L1 fit': { angle: 0.1 }, stationarity: { residual: 0 } }),
    theory({ 'least-L1 fit': { angle: 0.2 } }),
  ];
  const directions = predictedFirst('direction', compared);
  expect(directions[0]).toBe('least-L1 fit');
  expect(directions.toSorted()).toEqual(predictedFirst('direction', []).toSorted());
  expect(predictedFirst('point', compared)).toEqual(predictedFirst('point', []));
  expect(predictedFirst('condition', compared)).toEqual(['stationarity', 'max-margin KKT']);
});
