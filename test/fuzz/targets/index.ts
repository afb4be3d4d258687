/** Everything that is fuzzed. The shares add up to 100. */
import { damagedArrays, wholeArrays } from './arrays.ts';
import { finder, finderOnDamage } from './finder.ts';
import { channel, validation } from './messages.ts';
import { programs } from './programs.ts';
import { records } from './records.ts';
import { stored } from './stored.ts';
import { damagedTables, wholeTables } from './tables.ts';
import type { Target } from './target.ts';

export const targets: readonly Target[] = [
  programs,
  finder,
  finderOnDamage,
  wholeTables,
  damagedTables,
  wholeArrays,
  damagedArrays,
  channel,
  validation,
  records,
  stored,
];
