/** How far predictors are from one another. */

/**
 * The angle between two vectors in radians, accurate for small angles, where the arc cosine is not (Kahan 2006).
 * NaN where one of them is 0.
 */
export function angle(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [na, nb] = [norm(a), norm(b)];
  const apart = Array.from(a, (value, i) => value / na - b[i] / nb);
  const together = Array.from(a, (value, i) => value / na + b[i] / nb);
  return 2 * Math.atan2(norm(apart), norm(together));
}

/** ‖a − b‖ / ‖b‖; 0 where both are equal. */
export function relativeDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const apart = norm(Array.from(a, (value, i) => value - b[i]));
  return apart === 0 ? 0 : apart / norm(b);
}

/** The L2 norm, without overflow or underflow. */
function norm(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  if (!(largest > 0) || largest === Number.POSITIVE_INFINITY) return largest;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] / largest) ** 2;
  return largest * Math.sqrt(sum);
}
