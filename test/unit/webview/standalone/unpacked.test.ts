import { describe, expect, it } from 'vitest';
import { packed } from '../../../../extension/export/packed.ts';
import { unpacked } from '../../../../webview/standalone/unpacked.ts';

describe('results in a report', () => {
  it('are read as they were', () => {
    const value = {
      doubles: Float64Array.of(0.1, Number.NaN, Number.NEGATIVE_INFINITY, -0, 5e-324),
      singles: new Float32Array(new Float64Array([9, 1.5, 2.5]).subarray(1)),
      integers: Int32Array.of(-1, 2),
      part: Float64Array.of(1, 2, 3).subarray(1),
      numbers: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1 / 3],
      names: ['</script><script>alert(1)</script>', 'θ', '<!--'],
      // Data that look like ours are not taken for it.
      looks: [
        { $typed: 'Function', $bytes: 'AA==' },
        { $number: '3' },
        { $typed: 'Float64Array', $bytes: '', more: 1 },
      ],
      nothing: null,
    };
    expect(unpacked(packed(value))).toEqual(value);
  });

  it('cannot end the element that they stand in', () => {
    expect(packed({ name: '</script><!--' })).not.toMatch(/</);
  });
});
