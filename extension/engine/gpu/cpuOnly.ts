import { type AnyOptimizerDescription, gpuTrainingOf } from '../../lab/optimizers/index.ts';

/** Why no run of an optimizer can be trained on the GPU; null where some can. */
export function cpuOnlyReason(optimizer: AnyOptimizerDescription): string | null {
  const gpu = gpuTrainingOf(optimizer);
  return 'cpuOnly' in gpu ? gpu.cpuOnly : null;
}
