/** Rows of the Jacobian of the training outputs, for networks, entries of a matrix, and no more examples than dimensions. */

import type { Model } from '../../model.ts';
import { compileModel } from '../../trainer.ts';
import { jacobianProgram } from '../jacobian.ts';
import type { FisherSettings } from '../settings.ts';
import { trainingWeights, weighted } from './exampleWeights.ts';
import type { FisherRowsProgram } from './leastSquares.ts';

export function outputRows(model: Model, { fisher }: FisherSettings): FisherRowsProgram {
  const { loss, trainTargets } = model.data;
  const jacobian = jacobianProgram(model, model.trainOutputs, 'output row');
  const outputs = { name: 'outputs', outputs: [model.trainOutputs] };
  const module = compileModel(model, [jacobian.entry, outputs], jacobian.states);
  const f = module.view(model.trainOutputs);
  const n = jacobian.size;
  return {
    module,
    evaluate() {
      module.entry('outputs')(1);
      const { root, b, ratio, logUnit } = trainingWeights(loss, fisher, f, trainTargets);
      const rows = new Float64Array(n * model.parameterCount);
      jacobian.evaluate(module, model.parameterCount, rows);
      const target = { kind: 'rows' as const, values: b };
      if (root.every((weight) => weight === 1)) return { a: rows, rows: n, target, logUnit, unweighted: null };
      return { a: weighted(rows, root), rows: n, target, logUnit, unweighted: ratio && { a: rows, b: ratio } };
    },
  };
}
