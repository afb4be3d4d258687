import { type AnyOptimizerDescription, gpuTrainingOf } from '../../optimizers/index.ts';

/** Why no runs of an optimizer are for the graphics card; null where some are. */
export function whyNotOnGpu(optimizer: AnyOptimizerDescription): string | null {
  const gpu = gpuTrainingOf(optimizer);
  return 'cpuOnly' in gpu ? gpu.cpuOnly : null;
}
