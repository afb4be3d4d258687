import { type ExperimentDefinition, gd, linear, regression } from '../../../extension/lab/index.ts';

/** A quick experiment, but for what a test is about. */
export const smallDefinition = (over: Partial<ExperimentDefinition> = {}): ExperimentDefinition => ({
  problem: regression({ dimension: 4, train: 6, test: 10 }),
  parameterizations: { linear: linear() },
  optimizers: { GD: gd({ rate: 0.1 }) },
  steps: 3,
  ...over,
});
