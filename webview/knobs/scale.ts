/** Places of a slider, from 0 to {@link PLACES}, and the values of a knob. */
import type { Knob } from '../../extension/report/knob.ts';

export const PLACES = 1000;

type Range = Pick<Knob, 'least' | 'most' | 'scale' | 'isWhole'>;

/** A whole number has a place of its own for each value, unless equal ratios take equal ways. */
export const isStepped = ({ isWhole, scale }: Range): boolean => isWhole && scale === 'linear';

/** The place of a value; values beyond the range are at its ends. */
export function placeOf(value: number, range: Range): number {
  const { least, most, scale } = range;
  if (isStepped(range)) return value;
  const share = scale === 'log' ? Math.log(value / least) / Math.log(most / least) : (value - least) / (most - least);
  return PLACES * Math.max(0, Math.min(1, share));
}

/** The value at a place. */
export function valueAt(place: number, range: Range): number {
  const { least, most, scale, isWhole } = range;
  if (isStepped(range)) return place;
  const share = place / PLACES;
  const value = scale === 'log' ? least * (most / least) ** share : least + share * (most - least);
  return isWhole ? Math.round(value) : value;
}
