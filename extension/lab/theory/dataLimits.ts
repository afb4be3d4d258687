/** Linear programs and fits on more numbers than this would take more than a few seconds: they are left out. */
export const LARGEST_DATA = 100_000;

/** Matrices with more entries than this are left without a least nuclear norm, for the same reason. */
export const LARGEST_COMPLETION = 2500;
