/** Linear programs and fits with more numbers than this are skipped, because they take more than a few seconds. */
export const LARGEST_DATA = 100_000;

/** The minimum nuclear norm is skipped for matrices with more entries than this, for the same reason. */
export const LARGEST_COMPLETION = 2500;
