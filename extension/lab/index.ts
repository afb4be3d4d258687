/**
 * Depth Lab: experiments on how the parameterization of a model biases the solution that training finds, and how much
 * of that bias remains under natural gradient descent.
 * @packageDocumentation
 */
export type { Claim, ClaimContext, ExperimentDefinition, FullSize } from './definition.ts';
export { experiment } from './experiment.ts';
export type { ExperimentResult, InvarianceOptions, MeanResult } from './metrics/experimentResult.ts';
export type { ActivationName } from './network/activations.ts';
export { type AdamOptions, adam } from './optimizers/adam.ts';
export type { DampingScheduleOptions } from './optimizers/damping.ts';
export type { FisherOptions } from './optimizers/fisherOptions.ts';
export type { FlowOptions } from './optimizers/flowOptions.ts';
export { type GaussNewtonOptions, gaussNewton } from './optimizers/gaussNewton.ts';
export { type GradientDescentOptions, gd } from './optimizers/gd.ts';
export { gradientFlow } from './optimizers/gradientFlow.ts';
export { type KfacOptions, kfac } from './optimizers/kfac.ts';
export { type MomentumOptions, momentum } from './optimizers/momentum.ts';
export { type NaturalGradientFlowOptions, naturalGradientFlow } from './optimizers/naturalGradientFlow.ts';
export { type NaturalGradientOptions, ngd } from './optimizers/ngd.ts';
export type { Optimizer } from './optimizers/optimizer.ts';
export { type SignDescentOptions, signDescent } from './optimizers/signDescent.ts';
export { type ConvolutionalOptions, convolutional } from './parameterizations/convolutional.ts';
export { type DiagonalOptions, diagonal } from './parameterizations/diagonal.ts';
export { elementwise } from './parameterizations/elementwise.ts';
export { type LinearOptions, linear } from './parameterizations/linear.ts';
export {
  type DeepLinearOptions,
  deepLinear,
  type FactorizationOptions,
  factorization,
} from './parameterizations/matrixProduct.ts';
export { type NetworkOptions, network } from './parameterizations/network.ts';
export type { Parameterization } from './parameterizations/parameterization.ts';
export type { Start } from './parameterizations/start.ts';
export {
  matrix,
  type ParameterizationOptions,
  type ParameterShape,
  parameterization,
  scalar,
  vector,
} from './parameterizations/tensorProgram.ts';
export type { CompletionFile, GivenCompletionOptions } from './problems/completion/given.ts';
export type { CsvOptions } from './problems/dataset/csvDataset.ts';
export { type DatasetOptions, dataset, type Examples } from './problems/dataset/dataset.ts';
export type { FileOptions } from './problems/dataset/fileOptions.ts';
export type { NpyFiles, NpyOptions, NpzArrays, NpzOptions } from './problems/dataset/numpyDataset.ts';
export type { TableFormat } from './problems/dataset/tableFormat.ts';
export type { TextEncoding } from './problems/dataset/text.ts';
export { matrixCompletion, type RandomCompletionOptions } from './problems/matrixCompletion.ts';
export { type MatrixSensingOptions, matrixSensing } from './problems/matrixSensing.ts';
export type { Problem } from './problems/problem.ts';
export { type RegressionOptions, regression } from './problems/regression.ts';
export { type SeparableOptions, separable } from './problems/separable.ts';
export { type TeacherOptions, teacher } from './problems/teacher.ts';
export { type AxisValue, type Sweep, sweep } from './sweep.ts';
export { add, divide, maximum, minimum, multiply, power, subtract } from './tensor/arithmetic.ts';
export { concatenate, gather, reshape, slice } from './tensor/arrange.ts';
export {
  abs,
  cos,
  exp,
  log,
  negate,
  relu,
  sigmoid,
  sin,
  softplus,
  sqrt,
  square,
  tanh,
} from './tensor/functions.ts';
export { map } from './tensor/map.ts';
export { convolve, dot, matmul, mean, sum, transpose } from './tensor/products.ts';
export type { Tensor, TensorLike } from './tensor/tensor.ts';
