/** How far a number can be turned: within what its option takes, around what it is now. */
import type { FoundNumber } from '../definitions/index.ts';
import type { Knob } from '../report/knob.ts';

type Range = Pick<Knob, 'least' | 'most' | 'scale'>;

/** From a hundredth to a hundredfold. */
const RATIO = 100;
/** Whole numbers from here on are turned by ratios, from a tenth to tenfold. */
const MANY = 50;
const MANY_RATIO = 10;
/** Smaller whole numbers can be turned to four times as much, at least to this. */
const FEW = { ratio: 4, most: 8 };

export function rangeOf({ value, bounds: { isWhole, least, below } }: Pick<FoundNumber, 'value' | 'bounds'>): Range {
  if (below !== undefined) return { scale: 'linear', least, most: below - 0.01 };
  if (isWhole) return wholeRange(value, least);
  if (value > 0) return { scale: 'log', least: value / RATIO, most: value * RATIO };
  const reach = Math.max(1, FEW.ratio * Math.abs(value));
  return { scale: 'linear', least: Math.max(least, -reach), most: reach };
}

function wholeRange(value: number, least: number): Range {
  if (value >= MANY) {
    const down = Math.max(1, least, Math.round(value / MANY_RATIO));
    return { scale: 'log', least: down, most: value * MANY_RATIO };
  }
  const most = Math.max(FEW.most, FEW.ratio * Math.abs(value));
  const lowest = value < 0 ? -most : 0;
  return { scale: 'linear', least: Math.max(least, lowest), most };
}
