/**
 * Matrix-free minimum-norm least squares by Golub–Kahan bidiagonalization, the basis of LSQR (Paige and Saunders 1982),
 * with full reorthogonalization. A is reduced to a small bidiagonal matrix with the singular values in the Krylov space
 * of b, which is solved like a dense matrix with the same cutoff on singular values. The condition number is not
 * squared, and the number of steps is at most the rank of A.
 */
import { CompleteOrthogonal, rankCutoff } from './completeOrthogonal.ts';
import { addScaled, dot, norm } from './vectors.ts';

/** A matrix [rows, columns], given by its products. */
export interface LinearOperator {
  readonly rows: number;
  readonly columns: number;
  /** Writes A v. */
  multiply(v: Float64Array, into: Float64Array): void;
  /** Writes Aᵀ u. */
  multiplyTransposed(u: Float64Array, into: Float64Array): void;
}

export interface BidiagonalOutcome {
  x: Float64Array;
  iterations: number;
  /** ‖b − A x‖ / ‖b‖. */
  residual: number;
  /** ‖Aᵀ (b − A x)‖ / ‖Aᵀ b‖: the optimality residual if b is not in the range of A. */
  normalResidual: number;
  /** Whether the residual is below the tolerance, or orthogonal to the range of A. */
  converged: boolean;
  /** Number of singular values above the cutoff in the Krylov space. */
  rank: number;
  /** The ratio of the extreme ones among them; null if there are none. */
  condition: number | null;
}

export interface BidiagonalRule {
  /** Relative residual at which the iteration stops. */
  tolerance: number;
  /** Maximum number of steps; each one stores a vector of `rows` and one of `columns`. */
  iterations: number;
}

/** The transposed matrix. */
export function transposed({ rows, columns, multiply, multiplyTransposed }: LinearOperator): LinearOperator {
  return { rows: columns, columns: rows, multiply: multiplyTransposed, multiplyTransposed: multiply };
}

/** A with √λ I below it: the regularized least-squares problem with λ ‖x‖² added. */
export function damped(a: LinearOperator, damping: number): LinearOperator {
  if (damping === 0) return a;
  const { rows, columns } = a;
  const root = Math.sqrt(damping);
  return {
    rows: rows + columns,
    columns,
    multiply(v, into) {
      a.multiply(v, into.subarray(0, rows));
      for (let k = 0; k < columns; k++) into[rows + k] = root * v[k];
    },
    multiplyTransposed(u, into) {
      a.multiplyTransposed(u.subarray(0, rows), into);
      for (let k = 0; k < columns; k++) into[k] += root * u[rows + k];
    },
  };
}

/** The minimizer of ‖A x − b‖ of least norm. */
export function solveByBidiagonalization(a: LinearOperator, b: Float64Array, rule: BidiagonalRule): BidiagonalOutcome {
  const size = norm(b);
  const x = new Float64Array(a.columns);
  if (!(size > 0 && size < Number.POSITIVE_INFINITY)) {
    const isZero = size === 0;
    if (!isZero) x.fill(Number.NaN);
    const left = isZero ? 0 : size;
    return { x, iterations: 0, residual: left, normalResidual: left, converged: isZero, rank: 0, condition: null };
  }
  const { right, diagonal, below, converged } = bidiagonalize(a, b, size, rule);
  const k = right.length;
  const b0 = new Float64Array((k + 1) * k);
  diagonal.forEach((value, i) => {
    b0[i * k + i] = value;
    b0[(i + 1) * k + i] = below[i];
  });
  const small = new CompleteOrthogonal(b0, k + 1, k, rankCutoff(a.rows, a.columns));
  const rhs = new Float64Array(k + 1);
  rhs[0] = size;
  small.solve(rhs).forEach((value, i) => {
    addScaled(x, value, right[i]);
  });
  const rest = new Float64Array(a.rows);
  a.multiply(x, rest);
  for (let i = 0; i < rest.length; i++) rest[i] = b[i] - rest[i];
  const across = new Float64Array(a.columns);
  a.multiplyTransposed(rest, across);
  const normalResidual = k === 0 ? 0 : norm(across) / (size * diagonal[0]);
  const extremes = small.extremes();
  const condition = extremes && extremes.largest / extremes.least;
  return { x, iterations: k, residual: norm(rest) / size, normalResidual, converged, rank: small.rank, condition };
}

/** The basis of the rows, and the bidiagonal matrix: `diagonal` α and subdiagonal β. */
function bidiagonalize(a: LinearOperator, b: Float64Array, size: number, { tolerance, iterations }: BidiagonalRule) {
  const cutoff = rankCutoff(a.rows, a.columns);
  const fullest = Math.min(a.rows, a.columns);
  const steps = Math.min(iterations, fullest);
  const left = [b.map((value) => value / size)];
  const right: Float64Array[] = [];
  const diagonal: number[] = [];
  const below: number[] = [];
  const [u, v] = [new Float64Array(a.rows), new Float64Array(a.columns)];
  let largest = 0;
  // The residual of b, and the cosine of the last rotation (Paige and Saunders 1982, section 4).
  let [rest, cosine, rhoBar] = [size, -1, 0];
  const done = (converged: boolean) => ({ right, diagonal, below, converged });
  for (let k = 0; ; k++) {
    a.multiplyTransposed(left[k], v);
    if (k > 0) addScaled(v, -below[k - 1], right[k - 1]);
    orthogonalize(v, right);
    const alpha = norm(v);
    largest = Math.max(largest, alpha);
    // ‖Aᵀ r‖ = α |c| ‖r‖.
    const across = alpha * Math.abs(cosine);
    if (!(across > cutoff * largest)) return done(across <= cutoff * largest);
    if (k === steps) return done(k === fullest || across * rest <= tolerance * diagonal[0] * size);
    right.push(v.map((value) => value / alpha));
    diagonal.push(alpha);
    a.multiply(right[k], u);
    addScaled(u, -alpha, left[k]);
    orthogonalize(u, left);
    const beta = norm(u);
    below.push(beta);
    largest = Math.max(largest, beta);
    rhoBar = -cosine * alpha;
    const rho = Math.hypot(rhoBar, beta);
    cosine = rhoBar / rho;
    rest *= beta / rho;
    const isMet = rest <= tolerance * size || beta <= cutoff * largest;
    if (isMet || !Number.isFinite(beta)) return done(isMet);
    left.push(u.map((value) => value / beta));
  }
}

/**
 * Orthogonalizes v against the others twice; after the second pass it is orthogonal up to rounding (Giraud et al.
 * 2005).
 */
function orthogonalize(v: Float64Array, others: readonly Float64Array[]): void {
  for (let pass = 0; pass < 2; pass++) {
    for (const other of others) addScaled(v, -dot(other, v), other);
  }
}
