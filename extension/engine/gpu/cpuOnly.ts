import { isFlow, type OptimizerRule } from '../../lab/optimizers/optimizer.ts';

/** Why no run of an optimizer can be trained on the GPU; null where some can. */
export function cpuOnlyReason(optimizer: OptimizerRule): string | null {
  if (isFlow(optimizer)) return 'flows run on the CPU';
  return optimizer.type === 'kfac' ? 'Kronecker-factored steps run on the CPU' : null;
}
