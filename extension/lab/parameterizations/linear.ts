import { sizeOf } from '../compiler/shape.ts';
import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import type { Parameterization } from './parameterization.ts';
import { readStart, type Start } from './start.ts';

export interface LinearOptions {
  /**
   * Initial weights (default 0); one number for all of them, or one each.
   * @example init: 0.1
   */
  init?: Start;
}

/**
 * The predictor itself is the parameter: w = θ. The baseline for all other parameterizations.
 * @example linear()
 */
export function linear(options: LinearOptions = {}): Parameterization {
  const read = new Options('linear', options, ['init']);
  const start = readStart(read.raw('init') ?? 0, "linear: 'init'");
  return {
    kind: 'parameterization',
    block: 'linear',
    origin: captureOrigin(linear),
    build: ({ g, predictorShape }) => {
      const w = g.state('w', predictorShape);
      const values = start(sizeOf(predictorShape), predictorShape);
      return {
        parameters: [{ name: 'w', node: w }],
        predictor: w,
        network: null,
        initialization: { kind: 'given', values },
      };
    },
  };
}
