/** The curvature H in the a Fisher information F = Jᵀ H J, as products: a diagonal, plus a multiple of one direction. */

export interface CurvatureProducts {
  /** h, [q]. */
  readonly diagonal: Float64Array;
  /** 1 / h, accurate even if h is out of range. */
  readonly inverse: Float64Array;
  /** H = diag(h) + value · u uᵀ and H⁻¹ = diag(1/h) + inverse · u uᵀ, u a unit vector; null for the diagonal alone. */
  axis: { u: Float64Array; value: number; inverse: number } | null;
}

export function makeCurvature(size: number): CurvatureProducts {
  return { diagonal: new Float64Array(size), inverse: new Float64Array(size), axis: null };
}

/** into = √H v; with an axis the diagonal is a multiple of the identity. */
export function weighByRoot({ diagonal, axis }: CurvatureProducts, v: Float64Array, into: Float64Array): void {
  for (let i = 0; i < v.length; i++) into[i] = Math.sqrt(diagonal[i]) * v[i];
  if (axis) addAlong(axis.u, Math.sqrt(diagonal[0] + axis.value) - Math.sqrt(diagonal[0]), v, into);
}

/** into += factor · H⁻¹ v; returns factor · vᵀ H⁻¹ v. */
export function addInverse(
  { inverse, axis }: CurvatureProducts,
  factor: number,
  v: Float64Array,
  into: Float64Array,
): number {
  let form = 0;
  for (let i = 0; i < v.length; i++) {
    const value = factor * inverse[i] * v[i];
    into[i] += value;
    form += value * v[i];
  }
  return axis ? form + addAlong(axis.u, factor * axis.inverse, v, into) : form;
}

/** into += factor · u (u·v); returns factor · (u·v)². */
function addAlong(u: Float64Array, factor: number, v: Float64Array, into: Float64Array): number {
  let along = 0;
  for (let i = 0; i < v.length; i++) along += u[i] * v[i];
  const value = factor * along;
  for (let i = 0; i < v.length; i++) into[i] += value * u[i];
  return value * along;
}
