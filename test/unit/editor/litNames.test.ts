import { expect, it } from 'vitest';
import { findCalls } from '../../../extension/definitions/index.ts';
import { namesAt, rangesOf } from '../../../extension/editor/litNames.ts';

const text = `import { experiment, gd, linear } from 'depth-lab';
experiment('One', {
  parameterizations: {
    'w = θ': linear(),
    other: linear({
      init: 1,
    }),
  },
  optimizers: { GD: gd({ rate: 1 }), fast: gd({ rate: 2 }) },
});
`;

it('a place in the text names what is defined there', () => {
  const { calls } = findCalls(text);
  const [call] = calls;
  expect(namesAt(call, 4, 8)).toEqual({ parameterization: 'w = θ', optimizer: null });
  expect(namesAt(call, 6, 9)).toEqual({ parameterization: 'other', optimizer: null });
  expect(namesAt(call, 9, 42)).toEqual({ parameterization: null, optimizer: 'fast' });
  expect(namesAt(call, 2, 1)).toEqual({ parameterization: null, optimizer: null });
  const lines = rangesOf(call, { parameterization: 'other', optimizer: 'GD' }).map(({ start, end }) => [
    start.line,
    end.line,
  ]);
  expect(lines).toEqual([
    [5, 7],
    [9, 9],
  ]);
  expect(rangesOf(call, { parameterization: null, optimizer: 'unknown' })).toEqual([]);
});
