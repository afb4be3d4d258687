import { describe, expect, it } from 'vitest';
import { margins, quantities } from '../../../../extension/lab/metrics/quantities.ts';

describe('losses and errors', () => {
  it('are those of the definitions, also where the loss is as small as 1e-300', () => {
    const y = Float64Array.of(1, -1, 1);
    expect(quantities('logistic', Float64Array.of(2, 1, 0), y)).toEqual({
      loss: (Math.log(1 + Math.exp(-2)) + Math.log(1 + Math.E) + Math.log(2)) / 3,
      error: 2 / 3,
    });
    expect(quantities('logistic', Float64Array.of(690), Float64Array.of(1)).loss).toBeCloseTo(Math.exp(-690), 310);
    expect(quantities('logistic', Float64Array.of(690), Float64Array.of(1)).loss).toBeGreaterThan(0);
    expect(quantities('square', Float64Array.of(1, 3), Float64Array.of(0, 0))).toEqual({
      loss: 2.5,
      error: Math.sqrt(5),
    });
    expect(margins(Float64Array.of(2, -3, 1), y)).toEqual({ min: 1, mean: 2, max: 3 });
  });
});
