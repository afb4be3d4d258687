/** Rows of a network's Jacobian on the inputs of a population. */

import type { AnyProblemDescription } from '../../../problems/index.ts';
import type { Model } from '../../model.ts';
import { compileModel } from '../../trainer.ts';
import { jacobianProgram } from '../jacobian.ts';
import { layersJacobian } from '../layers.ts';
import { isOwnPopulation, populationInputs } from '../population.ts';
import type { FisherSettings } from '../settings.ts';
import { logCurvature, meanSlopes, populationTargets, rootsOf, weighted } from './exampleWeights.ts';
import type { FisherRowsProgram } from './leastSquares.ts';

/**
 * The population of a data set starts with the training inputs, on which b is nonzero. For other problems, the gradient
 * is computed on the training inputs and the rows on fresh samples.
 */
export function networkPopulationRows(
  model: Model,
  { fisherSamples }: FisherSettings,
  problem: AnyProblemDescription,
  seed: number,
): FisherRowsProgram {
  const { g, data } = model;
  const { count, dimension, values } = populationInputs(problem, data, fisherSamples, seed);
  const { outputs, layers } = model.outputsAt(g.constant(values, [count, dimension]));
  const population = layersJacobian(g, { outputs, layers: layers ?? [] }, 'population row');
  const training = jacobianProgram(model, model.trainOutputs, 'output row');
  const module = compileModel(
    model,
    [population.entry, training.entry, { name: 'outputs', outputs: [model.trainOutputs, outputs] }],
    [...population.states, ...training.states],
  );
  const [f, trainOutputs] = [module.view(outputs), module.view(model.trainOutputs)];
  const n = data.train.count;
  const p = model.parameterCount;
  return {
    module,
    evaluate() {
      module.entry('outputs')(1);
      const { root, largest } = rootsOf(f.map((value) => logCurvature(data.loss, value)));
      const logUnit = largest - Math.log(count);
      const at = trainOutputs.slice();
      const rows = new Float64Array(count * p);
      population.evaluate(module, p, rows);
      const common = { a: weighted(rows, root), rows: count, logUnit, unweighted: null };
      if (isOwnPopulation(problem)) {
        const [b, ratio] = [new Float64Array(count), new Float64Array(count)];
        const targets = populationTargets(data.loss, at, data.trainTargets, count, largest);
        b.set(targets.b);
        ratio.set(targets.ratio);
        return { ...common, target: { kind: 'rows', values: b }, unweighted: { a: rows, b: ratio } };
      }
      const trained = new Float64Array(n * p);
      training.evaluate(module, p, trained);
      const { slope, logScale } = meanSlopes(data.loss, at, data.trainTargets);
      const scale = Math.exp(logScale - logUnit);
      const gradient = new Float64Array(p);
      slope.forEach((value, i) => {
        for (let k = 0; k < p; k++) gradient[k] += value * scale * trained[i * p + k];
      });
      return { ...common, target: { kind: 'gradient', values: gradient } };
    },
  };
}
