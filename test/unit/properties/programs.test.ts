import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hold } from '../../fuzz/hold.ts';
import { points, programText } from '../../fuzz/programs.ts';

it('programs over the whole grammar have the values of JavaScript and the slopes of differences', () => {
  let [read, values, slopes] = [0, 0, 0];
  fc.assert(
    fc.property(programText, points, (text, at) => {
      const held = hold(text, at);
      if (held.fault !== null) throw new Error(held.fault);
      if (held.refused === null) read++;
      values += held.values;
      slopes += held.slopes;
    }),
    { numRuns: 2000 },
  );
  // Nearly all of them are read, and say something.
  expect(read).toBeGreaterThan(1900);
  expect(values).toBeGreaterThan(5000);
  expect(slopes).toBeGreaterThan(3000);
}, 120_000);
