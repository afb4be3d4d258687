import { isFlow, type OptimizerRule } from '../../optimizers/optimizer.ts';

/** Why no runs of an optimizer are for the graphics card; null where some are. */
export function whyNotOnGpu(optimizer: OptimizerRule): string | null {
  if (isFlow(optimizer)) return 'flows run on the CPU';
  return optimizer.type === 'kfac' ? 'Kronecker-factored steps run on the CPU' : null;
}
