import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Lines } from '../../../extension/definitions/position.ts';

it('counts lines as an editor does, with any line breaks', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\r\n', '😀') });
  fc.assert(
    fc.property(text, fc.nat(40), (whole, at) => {
      const offset = Math.min(at, whole.length);
      // Between the halves of a line break the line has not ended.
      fc.pre(!(whole[offset - 1] === '\r' && whole[offset] === '\n'));
      const lines = whole.slice(0, offset).split(/\r\n|\r|\n/);
      expect(new Lines(whole).position(offset)).toEqual({
        offset,
        line: lines.length,
        column: lines.at(-1)!.length + 1,
      });
    }),
  );
});
