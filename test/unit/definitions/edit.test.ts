import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Edits, type TextEdit } from '../../../extension/definitions/edit.ts';

const mover = (...batches: TextEdit[][]) => {
  const edits = new Edits();
  for (const batch of batches) edits.add(batch);
  return edits.mover();
};

describe('moving ranges', () => {
  it.each([
    ['text before it', { from: 2, to: 4, length: 5 }, { from: 13, to: 23 }],
    ['text inserted directly before it', { from: 10, to: 10, length: 3 }, { from: 13, to: 23 }],
    ['text inserted directly after it', { from: 20, to: 20, length: 3 }, { from: 10, to: 20 }],
    ['text inside of it', { from: 12, to: 14, length: 1 }, { from: 10, to: 19 }],
    ['text over its start', { from: 8, to: 12, length: 1 }, { from: 9, to: 17 }],
    ['text over its end', { from: 18, to: 22, length: 1 }, { from: 10, to: 18 }],
    ['all of it', { from: 10, to: 20, length: 4 }, null],
  ])('follows the replacement of %s', (_what, edit, moved) => {
    expect(mover([edit])({ from: 10, to: 20 })).toEqual(moved);
  });

  const edit = fc.record({ gap: fc.integer({ min: 1, max: 9 }), removed: fc.nat(6), length: fc.nat(5) });

  it('gives the same for many edits at once as for one after the other', () => {
    fc.assert(
      fc.property(
        fc.array(edit, { maxLength: 8 }),
        fc.nat(60),
        fc.integer({ min: 1, max: 20 }),
        (parts, from, size) => {
          const ascending: TextEdit[] = [];
          for (const { gap, removed, length } of parts) {
            const start = (ascending.at(-1)?.to ?? 0) + gap;
            ascending.push({ from: start, to: start + removed, length });
          }
          const descending = ascending.reverse();
          const span = { from, to: from + size };
          const single = descending.reduce<typeof span | null>((moved, one) => moved && mover([one])(moved), span);
          expect(mover(descending)(span)).toEqual(single);
        },
      ),
    );
  });

  it('joins what is typed and taken back', () => {
    const typed = [...'abc'].map((_, i) => [{ from: 5 + i, to: 5 + i, length: 1 }]);
    const taken = [{ from: 7, to: 8, length: 0 }];
    const erased = [2, 1].map((from) => [{ from, to: from + 1, length: 0 }]);
    expect(mover(...typed, taken)({ from: 5, to: 9 })).toEqual({ from: 7, to: 11 });
    expect(mover(...typed, taken)({ from: 1, to: 9 })).toEqual({ from: 1, to: 11 });
    expect(mover(...erased)({ from: 2, to: 9 })).toEqual({ from: 1, to: 7 });
  });
});
