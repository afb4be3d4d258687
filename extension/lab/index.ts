/**
 * Depth Lab: experiments on what the parameterization of a model does to the solution that training finds,
 * and what is left of it under natural gradient descent.
 * @packageDocumentation
 */
export type { Claim, ExperimentDefinition } from './experiment.ts';
export { experiment } from './experiment.ts';
export type { ExperimentResult, MeanResult } from './metrics/experimentResult.ts';
export { type AdamOptions, adam } from './optimizers/adam.ts';
export { type GradientDescentOptions, gd } from './optimizers/gd.ts';
export { type MomentumOptions, momentum } from './optimizers/momentum.ts';
export { type NaturalGradientOptions, ngd } from './optimizers/ngd.ts';
export type { Optimizer } from './optimizers/optimizer.ts';
export { type SignDescentOptions, signDescent } from './optimizers/signDescent.ts';
export { type DiagonalOptions, diagonal } from './parameterizations/diagonal.ts';
export { elementwise } from './parameterizations/elementwise.ts';
export { type LinearOptions, linear } from './parameterizations/linear.ts';
export {
  type DeepLinearOptions,
  deepLinear,
  type FactorizationOptions,
  factorization,
} from './parameterizations/matrixProduct.ts';
export type { Parameterization } from './parameterizations/parameterization.ts';
export type { Start } from './parameterizations/start.ts';
export { type DatasetOptions, dataset, type Examples } from './problems/dataset.ts';
export {
  type GivenCompletionOptions,
  matrixCompletion,
  type RandomCompletionOptions,
} from './problems/matrixCompletion.ts';
export { type MatrixSensingOptions, matrixSensing } from './problems/matrixSensing.ts';
export type { Problem } from './problems/problem.ts';
export { type RegressionOptions, regression } from './problems/regression.ts';
export { type SeparableOptions, separable } from './problems/separable.ts';
