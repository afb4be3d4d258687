/** Distances between predictors. */
import { norm } from '../linearAlgebra/vectors.ts';

/**
 * The angle between two vectors in radians, accurate for small angles, where the arc cosine is not (Kahan 2006). NaN if
 * one of them is 0.
 */
export function angle(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [na, nb] = [norm(a), norm(b)];
  const difference = Array.from(a, (value, i) => value / na - b[i] / nb);
  const together = Array.from(a, (value, i) => value / na + b[i] / nb);
  return 2 * Math.atan2(norm(difference), norm(together));
}

/** ‖a − b‖ / ‖b‖; 0 if both are equal. */
export function relativeDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const apart = norm(Array.from(a, (value, i) => value - b[i]));
  return apart === 0 ? 0 : apart / norm(b);
}
