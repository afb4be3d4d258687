import { expect, it } from 'vitest';
import { moreSeeds } from '../../../extension/runs/moreSeeds.ts';

it.each([
  [[1, 2, 3], 5, [1, 2, 3, 4, 5]],
  [[7, 3], 4, [7, 3, 8, 9]],
  [[1, 2, 3], 2, [1, 2]],
  [[5], 1, [5]],
])('extends the seeds %j to %i', (seeds, count, extended) => expect(moreSeeds(seeds, count)).toEqual(extended));
