import { sizeOf } from '../../lab/compiler/shape.ts';
import { exampleCounts, predictorShapeOf } from '../../lab/problems/index.ts';
import type { RunPlan } from '../../lab/run.ts';

/**
 * Equal for runs that can probably be trained in one batch: seeds, and sweep points that only change numbers. Whether
 * their programs are equal is checked after preparation.
 */
export function batchKey({ identity, problem, program, optimizer, steps }: RunPlan): string {
  const { origin: _origin, ...rule } = { origin: null, ...optimizer };
  const shapes = program.parameters.map(({ shape }) => shape);
  const size = sizeOf(predictorShapeOf(problem));
  return JSON.stringify([identity.parameterization, rule, steps, shapes, size, exampleCounts(problem)]);
}
