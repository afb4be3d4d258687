import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import { mixedNaturalGradient } from '../training/natural/mixedPrecision/mixedPrecision.ts';
import { naturalGradientTrainer } from '../training/natural/naturalGradient.ts';
import type { NaturalStepSettings } from '../training/natural/settings.ts';
import { singlePrecisionNaturalGradient } from '../training/natural/singlePrecision.ts';
import { describeFisher, type FisherOptions, fisherOptionNames, readFisher } from './fisherOptions.ts';
import type { Optimizer, SteppedOptimizer } from './optimizer.ts';

export interface NaturalGradientOptions extends FisherOptions {
  /**
   * Learning rate: the time t per step, t = rate · steps. A rate of 1 is the full natural gradient step.
   * @example rate: 0.01
   */
  rate: number;
}

/** {@link ngd} as plain data. */
export interface NaturalGradientDescent extends NaturalStepSettings {
  type: 'ngd';
}

/**
 * Natural gradient descent: θ ← θ − rate · (F + damping·I)⁻¹ ∇L (Amari 1998).
 * @throws DefinitionError for an option that is unknown or out of range
 * @example ngd({ rate: 0.01, fisher: 'train' })
 */
export function ngd(options: NaturalGradientOptions): Optimizer<NaturalGradientDescent> {
  const read = new Options('ngd', options, ['rate', ...fisherOptionNames]);
  return {
    kind: 'optimizer',
    type: 'ngd',
    rate: read.positive('rate'),
    ...readFisher(read, 'ngd'),
    origin: captureOrigin(ngd),
  };
}

export const naturalGradientDescent: SteppedOptimizer<NaturalGradientDescent> = {
  kind: 'steps',
  type: 'ngd',
  family: 'natural gradient',
  // 2: two factors of a large matrix are solved exactly.
  version: 2,
  describe: (optimizer) => `natural gradient descent · rate ${optimizer.rate}${describeFisher(optimizer)}`,
  fisher: (optimizer) => optimizer,
  trainer: ({ model, optimizer, problem, seed }) => naturalGradientTrainer(model, optimizer, problem, seed),
  gpu: {
    float32: ({ model, optimizer, problem }, maxSystem) =>
      singlePrecisionNaturalGradient(model, optimizer, problem, maxSystem),
    mixedPrecision: ({ model, optimizer, problem, seed }) => mixedNaturalGradient(model, optimizer, problem, seed),
  },
};
