import { showShape } from '../compiler/shape.ts';
import { captureOrigin, DefinitionError } from '../errors.ts';
import { MOST_LAYERS } from '../limits.ts';
import { isArrayLike, Options, readMatrix } from '../options.ts';
import type { Initialization } from './initialization.ts';
import type { BuildContext, Built, Parameterization } from './parameterization.ts';

export interface ConvolutionalOptions {
  /**
   * Number of vectors L in w = w_1 ∗ w_2 ∗ ⋯ ∗ w_L.
   * @example depth: 2
   */
  depth: number;
  /**
   * Standard deviation of the Gaussian initialization (default 0.1), or scale factor of the others (default 0.1; for
   * given vectors 1).
   * @example scale: 0.1
   */
  scale?: number;
  /**
   * `gaussian` (default): entries from N(0, scale²). `identity`: `scale` times (1, 0, …, 0), the identity of
   * convolution. Given vectors: one row of the predictor's length for each of the `depth` vectors.
   * @example init: 'identity'
   */
  init?: 'gaussian' | 'identity' | number[][];
}

/**
 * A linear convolutional network of full width: the predictor is the circular convolution of `depth` vectors of the
 * same length, (a ∗ b)_k = Σ_j a_j b_{k − j}. In the Fourier basis this is a diagonal network (Gunasekar et al. 2018).
 * @throws DefinitionError for an option that is unknown or out of range, or a predictor that is not a vector
 * @example convolutional({ depth: 2, scale: 0.1 })
 */
export function convolutional(options: ConvolutionalOptions): Parameterization {
  const read = new Options('convolutional', options, ['depth', 'scale', 'init']);
  const given = isArrayLike(read.raw('init')) ? readMatrix(read.raw('init'), "convolutional: 'init'") : null;
  const depth = read.count('depth', given?.rows, 1, MOST_LAYERS);
  const scale = read.positive('scale', given ? 1 : 0.1);
  const form = given ? 'given' : read.choice('init', ['gaussian', 'identity'], 'gaussian');
  if (given && given.rows !== depth) {
    throw new DefinitionError(`convolutional: 'init' gives ${given.rows} vectors for a depth of ${depth}`);
  }
  return {
    kind: 'parameterization',
    block: 'convolutional',
    origin: captureOrigin(convolutional),
    build: (context) => build(context, depth, (d) => start(form, d, depth, scale, given)),
  };
}

function build({ g, predictorShape }: BuildContext, depth: number, startOf: (d: number) => Initialization): Built {
  const [d] = predictorShape;
  if (predictorShape.length !== 1) {
    throw new DefinitionError(
      `convolutional does not fit a problem whose predictor has shape ${showShape(predictorShape)}`,
      { hint: 'It needs a problem whose predictor is a vector.' },
    );
  }
  const parameters = Array.from({ length: depth }, (_, layer) => {
    const name = `w${layer + 1}`;
    return { name, node: g.state(name, [d]) };
  });
  const predictor = parameters.map(({ node }) => node).reduce((chain, node) => g.convolve(chain, node));
  return { parameters, predictor, network: null, initialization: startOf(d) };
}

function start(
  form: 'gaussian' | 'identity' | 'given',
  d: number,
  depth: number,
  scale: number,
  given: { columns: number; values: Float64Array } | null,
): Initialization {
  if (given) {
    if (given.columns !== d) {
      throw new DefinitionError(
        `convolutional: 'init' has vectors of length ${given.columns}; the problem's predictor has shape [${d}]`,
      );
    }
    return { kind: 'given', values: given.values.map((x) => scale * x) };
  }
  if (form === 'gaussian') return { kind: 'gaussian', scale };
  const values = new Float64Array(depth * d);
  for (let layer = 0; layer < depth; layer++) values[layer * d] = scale;
  return { kind: 'given', values };
}
