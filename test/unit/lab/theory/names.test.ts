import { expect, it } from 'vitest';
import { conditions } from '../../../../extension/lab/theory/conditions/index.ts';
import { predictedNames } from '../../../../extension/lab/theory/names.ts';
import {
  dataPredictions,
  runPredictions,
  startPredictions,
} from '../../../../extension/lab/theory/predictions/index.ts';

it('are those of the definitions, by kind and in display order', () => {
  const predictions = [...dataPredictions, ...startPredictions, ...runPredictions];
  const named = (kind: 'direction' | 'point') => predictions.flatMap((one) => (one.kind === kind ? [one.name] : []));
  expect(predictedNames).toEqual({
    direction: named('direction'),
    point: named('point'),
    condition: conditions.map(({ name }) => name),
  });
});
