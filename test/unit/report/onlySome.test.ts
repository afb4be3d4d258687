import { describe, expect, it } from 'vitest';
import { expectedRuns, isAmong, partText } from '../../../extension/report/onlySome.ts';

const runs = ['a', 'b'].flatMap((parameterization, i) =>
  ['GD', 'NGD'].map((optimizer, j) => ({ id: 2 * i + j, point: null, parameterization, optimizer, seed: 1 })),
);
const only = { parameterization: 'b', optimizer: null };

describe('a part of a grid', () => {
  it('has the runs with a name', () => {
    expect(runs.filter((run) => isAmong(run, only)).map(({ id }) => id)).toEqual([2, 3]);
    expect(runs.filter((run) => isAmong(run, { parameterization: null, optimizer: 'GD' })).map(({ id }) => id)).toEqual(
      [0, 2],
    );
  });

  it('is expected with what is there besides', () => {
    expect(expectedRuns({ runs }, [])).toBe(4);
    expect(expectedRuns({ runs, only }, [])).toBe(2);
    expect(expectedRuns({ runs, only }, [0, 2])).toBe(3);
  });

  it('is named once all of it has ended', () => {
    expect(partText({ runs }, [0, 1])).toBe('stopped at 2/4');
    expect(partText({ runs, only }, [2])).toBe('stopped at 1/4');
    expect(partText({ runs, only }, [2, 3])).toBe('only ‘b’ · 2 of 4 runs');
    expect(partText({ runs, only }, [0, 2, 3])).toBe('only ‘b’ · 3 of 4 runs');
  });
});
