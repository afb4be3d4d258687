import { isFlow, isNatural, type OptimizerRule } from '../../optimizers/optimizer.ts';

/** Why runs of an optimizer are not for the graphics card; null where they are. */
export function whyNotOnGpu(optimizer: OptimizerRule): string | null {
  if (isNatural(optimizer) || optimizer.type === 'kfac') return 'natural gradients run on the CPU';
  return isFlow(optimizer) ? 'flows run on the CPU' : null;
}
