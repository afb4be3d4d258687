import { sizeOf } from '../../lab/compiler/shape.ts';
import { exampleCounts, predictorShapeOf } from '../../lab/problems/index.ts';
import type { RunPlan } from '../../lab/training/run.ts';

/**
 * A text that runs share which may well be trained side by side: seeds, and points of a sweep that change numbers alone.
 * Whether they really have one program is found out where they are trained.
 */
export function likenessOf({ identity, problem, program, optimizer, steps }: RunPlan): string {
  const { origin: _origin, ...rule } = { origin: null, ...optimizer };
  const shapes = program.parameters.map(({ shape }) => shape);
  const size = sizeOf(predictorShapeOf(problem));
  return JSON.stringify([identity.parameterization, rule, steps, shapes, size, exampleCounts(problem)]);
}
