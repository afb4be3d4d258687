import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonText } from '../../../extension/export/jsonText.ts';

describe('jsonText', () => {
  it('is read as what was written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(jsonText(value))).toEqual(value);
      }),
    );
  });

  it('keeps every number to the bit', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), (values) => {
        const read = (JSON.parse(jsonText(Float64Array.from(values))) as (number | string)[]).map(Number);
        expect(new BigUint64Array(Float64Array.from(read).buffer)).toEqual(
          new BigUint64Array(Float64Array.from(values).buffer),
        );
      }),
    );
  });

  it('tells apart what is not finite, what is negative zero, and what does not exist', () => {
    const value = { a: Number.NaN, b: [Number.POSITIVE_INFINITY, -0, null], c: Number.NEGATIVE_INFINITY, d: undefined };
    expect(jsonText(value)).toBe('{"a":"NaN","b":["Infinity",-0.0,null],"c":"-Infinity"}');
  });
});
