import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import type { Fisher, NaturalMetric, Optimizer, Solver } from './optimizer.ts';

/** Which curvature a natural gradient is taken in. */
export interface NaturalMetricOptions {
  /**
   * Which Fisher information F = E[Jᵀ S J]: over the training inputs (`train`, default), over the input distribution
   * (`population`), or the mean of g gᵀ over the training examples' gradients (`empirical`).
   */
  fisher?: Fisher;
  /** λ in (F + λI)⁻¹; with 0 (default) the minimum-norm solution. */
  damping?: number;
  /** The space of the linear system: chosen by size and rank (`auto`, default), or said. */
  solver?: Solver;
  /** Unlabeled draws for a population without a closed form (default 1000). */
  fisherSamples?: number;
}

export interface NaturalGradientOptions extends NaturalMetricOptions {
  /** Step size. */
  rate: number;
}

/** The names of {@link NaturalMetricOptions}. */
export const metricOptionNames = ['fisher', 'damping', 'solver', 'fisherSamples'];

export function readMetric(read: Options): NaturalMetric {
  return {
    fisher: read.choice('fisher', ['train', 'population', 'empirical'], 'train'),
    damping: read.nonNegative('damping', 0),
    solver: read.choice('solver', ['auto', 'parameters', 'samples'], 'auto'),
    fisherSamples: read.count('fisherSamples', 1000),
  };
}

/**
 * Natural gradient descent: θ ← θ − rate · (F + damping·I)⁻¹ ∇L (Amari 1998).
 * @throws DefinitionError for an option that is unknown or out of range
 */
export function ngd(options: NaturalGradientOptions): Optimizer {
  const read = new Options('ngd', options, ['rate', ...metricOptionNames]);
  return {
    kind: 'optimizer',
    type: 'ngd',
    rate: read.positive('rate'),
    ...readMetric(read),
    origin: captureOrigin(ngd),
  };
}
