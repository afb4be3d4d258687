/** The schema of what theory says, for records. */
import * as v from 'valibot';
import { anyNumber } from './anyNumber.ts';

const numbers = v.instance(Float64Array);
const comparison = v.union([
  v.strictObject({ angle: anyNumber }),
  v.strictObject({ distance: anyNumber }),
  v.strictObject({ residual: anyNumber }),
]);
const position = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Everything but the data that it is about; `run` is a position in a list of runs. */
export const theoryFields = {
  targets: v.array(
    v.strictObject({
      name: v.string(),
      kind: v.picklist(['direction', 'point']),
      predictor: numbers,
      meaning: v.string(),
      source: v.string(),
    }),
  ),
  conditions: v.array(v.strictObject({ name: v.string(), meaning: v.string(), source: v.string() })),
  curves: v.array(
    v.strictObject({ run: position, name: v.string(), step: numbers, time: numbers, trainLoss: numbers }),
  ),
  comparisons: v.array(v.strictObject({ run: position, to: v.record(v.string(), comparison) })),
};
