/** Tolerance for rounding, relative to the largest entry. */
const ROUNDING = 1e-9;

/**
 * The degree L of a function that is homogeneous in its parameters, f(cθ) = c^L f(θ) for all c > 0, determined from its
 * values at 2θ and θ/2.
 * @returns null if it is not homogeneous, has a degree of 0 or less, or is 0 at θ
 */
export function homogeneousDegree(f: (theta: Float64Array) => Float64Array, theta: Float64Array): number | null {
  const at = (scale: number) => f(theta.map((value) => scale * value));
  const [here, twice, half] = [at(1), at(2), at(0.5)];
  const largest = here.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const i = here.findIndex((value) => Math.abs(value) === largest);
  const degree = Math.log2(twice[i] / here[i]);
  if (!(largest > 0 && degree > 0) || !Number.isFinite(degree)) return null;
  const grown = 2 ** degree;
  const isPower = here.every(
    (value, j) =>
      Math.abs(twice[j] / grown - value) <= ROUNDING * largest &&
      Math.abs(half[j] * grown - value) <= ROUNDING * largest,
  );
  return isPower ? degree : null;
}
