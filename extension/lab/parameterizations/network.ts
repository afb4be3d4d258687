import { type Shape, showShape, sizeOf } from '../compiler/shape.ts';
import { captureOrigin, DefinitionError } from '../errors.ts';
import { type ActivationName, activationNames, namedActivation, userActivation } from '../network/activations.ts';
import { isArrayLike, Options, readMatrix, readWidths } from '../options.ts';
import type { ParameterStart } from './initialization.ts';
import type { BuildContext, Built, Parameterization } from './parameterization.ts';

export interface NetworkOptions {
  /**
   * Widths of the hidden layers, starting from the input. The output is a scalar.
   * @example widths: [64, 64]
   */
  widths: readonly number[];
  /**
   * Activation function: `tanh` (default), `relu`, `leakyRelu`, `elu`, `sigmoid`, `softplus`, `silu`, `gelu`, `sin`,
   * `square`, `identity`, or a function of one number, whose source code is parsed and differentiated.
   * @example activation: 'relu'
   */
  activation?: ActivationName | ((x: number) => number);
  /**
   * `scaled` (default): entries of W_l from N(0, scale² / inputs of the layer). `gaussian`: from N(0, scale²).
   * `orthogonal`: `scale` times orthogonal matrices. Given matrices [outputs, inputs]: in the order W_1 (closest to the
   * input), W_2, …. Biases are initialized to 0.
   * @example init: 'orthogonal'
   */
  init?: 'scaled' | 'gaussian' | 'orthogonal' | number[][][];
  /**
   * Scale of the initialization, see `init` (default 1).
   * @example scale: 0.5
   */
  scale?: number;
  /**
   * Whether the layers have biases (default false).
   * @example bias: true
   */
  bias?: boolean;
  /**
   * Whether the last layer is initialized to 0 (default false). Then f = 0 initially, as for `linear`, and the paths of
   * different networks start at the same point.
   * @example zeroOutput: true
   */
  zeroOutput?: boolean;
}

/**
 * A fully connected network f(x) = W_L φ(W_{L−1} ⋯ φ(W_1 x)) with one output, for problems with vector inputs. A
 * network has no predictor vector: its paths and invariance refer to the outputs on the training inputs.
 * @throws DefinitionError for an option that is unknown or out of range
 * @example network({ widths: [64, 64], activation: 'tanh' })
 */
export function network(options: NetworkOptions): Parameterization {
  const read = new Options('network', options, ['widths', 'activation', 'init', 'scale', 'bias', 'zeroOutput']);
  const widths = readWidths(read, 'network');
  const activation = readActivation(read);
  const scale = read.positive('scale', 1);
  const given = isArrayLike(read.raw('init')) ? readWeights(read.raw('init') as ArrayLike<unknown>) : null;
  const form = given ? 'scaled' : read.choice('init', ['scaled', 'gaussian', 'orthogonal'], 'scaled');
  const bias = read.boolean('bias', false);
  const zeroOutput = read.boolean('zeroOutput', false);
  if (given && zeroOutput)
    throw new DefinitionError("network: 'zeroOutput' conflicts with 'init', which sets the last layer");
  return {
    kind: 'parameterization',
    block: 'network',
    origin: captureOrigin(network),
    build: (context) => {
      const shapes = layerShapes(context, widths);
      const weights = shapes.map((shape, l) => startOf(shape, l, form, scale, given));
      if (zeroOutput)
        weights[weights.length - 1] = { kind: 'given', values: new Float64Array(sizeOf(shapes[shapes.length - 1])) };
      return build(context, shapes, weights, activation, bias);
    },
  };
}

function readActivation(read: Options): ActivationName | ((x: number) => number) {
  const value = read.raw('activation');
  if (typeof value === 'function') return value as (x: number) => number;
  return read.choice('activation', activationNames, 'tanh');
}

function readWeights(value: ArrayLike<unknown>): { shape: Shape; values: Float64Array }[] {
  return Array.from(value, (entry, l) => {
    const { rows, columns, values } = readMatrix(entry, `network: 'init' W_${l + 1}`);
    return { shape: [rows, columns], values };
  });
}

function layerShapes({ inputDimension }: BuildContext, widths: readonly number[]): Shape[] {
  if (inputDimension === null) {
    throw new DefinitionError('network needs a problem with vector inputs', { hint: 'Use factorization.' });
  }
  const sizes = [inputDimension, ...widths, 1];
  return sizes.slice(1).map((outputs, l) => [outputs, sizes[l]]);
}

function startOf(
  shape: Shape,
  layer: number,
  form: 'scaled' | 'gaussian' | 'orthogonal',
  scale: number,
  given: { shape: Shape; values: Float64Array }[] | null,
): ParameterStart {
  if (given) {
    const start = given[layer];
    if (!start || showShape(start.shape) !== showShape(shape)) {
      const got = start ? `has shape ${showShape(start.shape)}` : 'is missing';
      throw new DefinitionError(`network: 'init' W_${layer + 1} ${got}; here it must be ${showShape(shape)}`, {
        hint: 'List W_1, the layer closest to the input, first. Each matrix has one row per output.',
      });
    }
    return { kind: 'given', values: start.values.map((x) => scale * x) };
  }
  if (form === 'orthogonal') return { kind: 'orthogonal', scale };
  return { kind: 'gaussian', scale: form === 'scaled' ? scale / Math.sqrt(shape[1]) : scale };
}

function build(
  { g, read }: BuildContext,
  shapes: Shape[],
  starts: ParameterStart[],
  activation: ActivationName | ((x: number) => number),
  bias: boolean,
): Built {
  const layer = (name: string, l: number, shape: Shape) => ({
    name: `${name}${l + 1}`,
    node: g.state(`${name}${l + 1}`, shape),
  });
  const weights = shapes.map((shape, l) => layer('W', l, shape));
  const biases = bias ? shapes.map(([outputs], l) => layer('b', l, [outputs])) : null;
  const zeros = (biases ?? []).map(
    ({ node }): ParameterStart => ({ kind: 'given', values: new Float64Array(sizeOf(g.shapeOf(node))) }),
  );
  return {
    parameters: [...weights, ...(biases ?? [])],
    predictor: null,
    network: {
      activation:
        typeof activation === 'function' ? userActivation(activation, read, 'network') : namedActivation(activation),
      weights: weights.map(({ node }) => node),
      biases: biases?.map(({ node }) => node) ?? null,
    },
    initialization: { kind: 'each', parts: [...starts, ...zeros] },
  };
}
