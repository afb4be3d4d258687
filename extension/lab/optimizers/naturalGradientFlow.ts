import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import { naturalGradientSystem } from '../training/flow/naturalGradientSystem.ts';
import type { FlowSettings } from '../training/flow/settings.ts';
import type { FisherSettings } from '../training/natural/settings.ts';
import { describeFisher, type FisherOptions, fisherOptionNames, readFisher } from './fisherOptions.ts';
import { type FlowOptions, flowOptionNames, readFlow } from './flowOptions.ts';
import type { FlowOptimizer, Optimizer } from './optimizer.ts';

export type NaturalGradientFlowOptions = FlowOptions & FisherOptions;

/** {@link naturalGradientFlow} as plain data. */
export interface NaturalGradientFlow extends FlowSettings, FisherSettings {
  type: 'naturalGradientFlow';
}

/**
 * Natural gradient flow, dθ/dt = −(F + damping·I)⁻¹ ∇L: the same path in function space for every parameterization
 * whose Jacobian has full row rank. The flow ends at a point where the Fisher information loses rank, and reports the
 * time.
 * @throws DefinitionError for an option that is unknown or out of range
 * @example naturalGradientFlow({ until: 10, fisher: 'population' })
 */
export function naturalGradientFlow(options: NaturalGradientFlowOptions): Optimizer<NaturalGradientFlow> {
  const read = new Options('naturalGradientFlow', options, [...flowOptionNames, ...fisherOptionNames]);
  return {
    kind: 'optimizer',
    type: 'naturalGradientFlow',
    ...readFlow(read),
    ...readFisher(read, 'naturalGradientFlow'),
    origin: captureOrigin(naturalGradientFlow),
  };
}

export const naturalGradientFlowOptimizer: FlowOptimizer<NaturalGradientFlow> = {
  kind: 'flow',
  type: 'naturalGradientFlow',
  family: 'natural gradient',
  // 2: two factors of a large matrix are solved exactly.
  version: 2,
  describe: (optimizer) => `natural gradient flow · to t = ${optimizer.until}${describeFisher(optimizer)}`,
  fisher: (optimizer) => optimizer,
  system: ({ model, optimizer, problem, seed }) => naturalGradientSystem(model, optimizer, problem, seed),
};
