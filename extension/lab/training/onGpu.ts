/** Trains on a graphics card what can be trained there; the processor goes on where the card cannot. */
import type { DevicePrograms } from '../compiler/gpu/module.ts';
import type { NodeId } from '../compiler/graph.ts';
import type { CompiledModule } from '../compiler/module.ts';
import { sizeOf } from '../compiler/shape.ts';
import { type FirstOrder, isFlow, isNatural, type OptimizerRule } from '../optimizers/optimizer.ts';
import { firstOrder } from './firstOrder/firstOrder.ts';
import type { Model } from './model.ts';
import type { RanOn, Trainer } from './trainer.ts';

/** Why runs of an optimizer are not for the graphics card; null where they are. */
export function whyNotOnGpu(optimizer: OptimizerRule): string | null {
  if (isNatural(optimizer) || optimizer.type === 'kfac') return 'natural gradients run on the CPU';
  return isFlow(optimizer) ? 'flows run on the CPU' : null;
}

/** Steps on the device, in float32; measurements stay on the processor, in float64. */
export function firstOrderOnGpu(model: Model, optimizer: FirstOrder, seed: number, programs: DevicePrograms): Trainer {
  let fallback: string | null = null;
  const runner = (module: CompiledModule, states: readonly NodeId[]) => {
    const here = module.entry('step');
    const regions = states.map((state) => ({
      offset: module.program.offsets.get(state) ?? 0,
      size: sizeOf(model.g.shapeOf(state)),
    }));
    const there = attempt(() => programs.module(module.program, 'step', regions, module.memory));
    if (typeof there === 'string') fallback = there;
    return async (times: number) => {
      if (fallback === null && typeof there !== 'string') {
        try {
          return await there.run(times);
        } catch (error) {
          fallback = `the graphics card failed: ${firstLine(error)}`;
        }
      }
      here(times);
    };
  };
  const trainer = firstOrder(model, optimizer, seed, runner);
  const ranOn = (): RanOn => {
    if (fallback !== null) return { engine: 'cpu', device: trainer.module.backEnd, fallback };
    return { engine: 'gpu', device: `${programs.device.name} · WebGPU · float32` };
  };
  return { ...trainer, ranOn };
}

function attempt<T>(make: () => T): T | string {
  try {
    return make();
  } catch (error) {
    return firstLine(error);
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0];
}
