import { type AnyOptimizerDescription, gpuTrainingOf } from '../../lab/optimizers/index.ts';

/** Why an optimizer cannot be trained on the GPU; null if some of its runs can. */
export function cpuOnlyReason(optimizer: AnyOptimizerDescription): string | null {
  const gpu = gpuTrainingOf(optimizer);
  return 'cpuOnly' in gpu ? gpu.cpuOnly : null;
}
