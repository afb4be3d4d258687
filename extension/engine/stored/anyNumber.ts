import * as v from 'valibot';

/** A measured number. `v.number()` refuses NaN, which a run that diverged may have. */
export const anyNumber = v.custom<number>((value) => typeof value === 'number');
