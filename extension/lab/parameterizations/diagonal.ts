import { sizeOf } from '../compiler/shape.ts';
import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import type { Parameterization } from './parameterization.ts';

export interface DiagonalOptions {
  /**
   * The power L (default 2).
   * @example depth: 3
   */
  depth?: number;
  /**
   * Initial value of all entries of u and v (default 0.1).
   * @example scale: 0.01
   */
  scale?: number;
}

/**
 * A diagonal linear network: w = u^L − v^L, entry by entry (Woodworth et al. 2020).
 * @example diagonal({ depth: 3, scale: 0.01 })
 */
export function diagonal(options: DiagonalOptions = {}): Parameterization {
  const read = new Options('diagonal', options, ['depth', 'scale']);
  const depth = read.count('depth', 2);
  const scale = read.number('scale', 0.1);
  return {
    kind: 'parameterization',
    block: 'diagonal',
    origin: captureOrigin(diagonal),
    build: ({ g, predictorShape }) => {
      const parameters = ['u', 'v'].map((name) => ({ name, node: g.state(name, predictorShape) }));
      const [u, v] = parameters.map(({ node }) => g.binary('power', node, g.scalar(depth)));
      const values = new Float64Array(2 * sizeOf(predictorShape)).fill(scale);
      return { parameters, predictor: g.subtract(u, v), network: null, initialization: { kind: 'given', values } };
    },
  };
}
