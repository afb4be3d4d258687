import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowRelaxedSimd } from '../../../../extension/engine/relaxedSimd.ts';
import { softplus } from '../../../../extension/lab/compiler/functions.ts';
import { margins, quantities } from '../../../../extension/lab/metrics/quantities.ts';

const lossOf = (outputs: Float64Array, targets: Float64Array) => quantities('logistic', outputs, targets).loss;

/** Compares with the mean of the losses of the examples. */
function expectMean(outputs: Float64Array, targets: Float64Array): void {
  const mean = outputs.reduce((sum, f, i) => sum + softplus(-targets[i]! * f), 0) / outputs.length;
  expect(Math.abs(lossOf(outputs, targets) / mean - 1)).toBeLessThan(1e-15 * (4 + outputs.length));
}

describe('losses and errors', () => {
  it('are those of the definitions, also where the loss is as small as 1e-300', () => {
    const y = Float64Array.of(1, -1, 1);
    const { loss, error } = quantities('logistic', Float64Array.of(2, 1, 0), y);
    expect(loss).toBeCloseTo((Math.log(1 + Math.exp(-2)) + Math.log(1 + Math.E) + Math.log(2)) / 3, 15);
    expect(error).toBe(2 / 3);
    expect(lossOf(Float64Array.of(690), Float64Array.of(1)) / Math.exp(-690)).toBeCloseTo(1, 14);
    expect(quantities('square', Float64Array.of(1, 3), Float64Array.of(0, 0))).toEqual({
      loss: 2.5,
      error: Math.sqrt(5),
    });
    expect(margins(Float64Array.of(2, -3, 1), y)).toEqual({ min: 1, mean: 2, max: 3 });
  });

  it.each([
    ['rounded', () => undefined],
    ['fused', allowRelaxedSimd],
  ])('are those of the examples one by one, whatever their margins, with %s products', (_, allow) => {
    allow();
    const output = fc.double({ min: -700, max: 700, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(output, { minLength: 1, maxLength: 40 }),
        fc.constantFrom(1, 1e-3, 1e-9),
        (values, scale) => {
          const outputs = Float64Array.from(values, (value) => scale * value);
          expectMean(
            outputs,
            Float64Array.from(values, (__, i) => (i % 3 === 0 ? -1 : 1)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('of many examples do not overflow', () => {
    const n = 10_001;
    expect(lossOf(new Float64Array(n), new Float64Array(n).fill(1))).toBeCloseTo(Math.LN2, 12);
    expectMean(
      Float64Array.from({ length: n }, (_, i) => 3 * Math.sin(i)),
      Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : -1)),
    );
  });

  it('are no numbers where an output is none, and infinite where one is', () => {
    const y = Float64Array.of(1, 1, 1);
    expect(lossOf(Float64Array.of(1, Number.NaN, 1), y)).toBeNaN();
    expect(quantities('logistic', Float64Array.of(1, Number.NEGATIVE_INFINITY, 1), y)).toEqual({
      loss: Number.POSITIVE_INFINITY,
      error: 1 / 3,
    });
    expect(lossOf(Float64Array.of(Number.POSITIVE_INFINITY), Float64Array.of(1))).toBe(0);
  });
});
