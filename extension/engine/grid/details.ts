import { sizeOf } from '../../lab/compiler/shape.ts';
import type { RunPlan } from '../../lab/run.ts';
import type { RunDetails } from '../../report/details.ts';
import { keyOf } from '../stored/storedRuns.ts';

/** @param parameters all final parameters, concatenated; null if they are not kept */
export function detailsOf(plan: RunPlan, parameters: Float64Array | null): RunDetails {
  let at = 0;
  return {
    key: keyOf(plan),
    parameters:
      parameters &&
      plan.program.parameters.map(({ name, shape }) => {
        const values = parameters.slice(at, at + sizeOf(shape));
        at += values.length;
        return { name, shape: [...shape], values };
      }),
  };
}
