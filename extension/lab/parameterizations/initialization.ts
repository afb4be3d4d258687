/** Initializations of parameters. Plain data; random numbers are drawn in the worker thread of the run. */
import { Matrix, QrDecomposition, SingularValueDecomposition } from 'ml-matrix';
import type { Shape } from '../compiler/shape.ts';
import { sizeOf } from '../compiler/shape.ts';
import { RandomStream } from '../random.ts';

/** Initializations of the factors W_1 … W_L of a matrix product. */
export type FactorInitialization = 'gaussian' | 'identity' | 'balanced' | 'orthogonal';

export type Initialization =
  /** All parameters, concatenated. */
  | { kind: 'given'; values: Float64Array }
  /** Each entry from N(0, scale²). */
  | { kind: 'gaussian'; scale: number }
  /** `scale` times factors of the named kind; the parameters are the factors, W_1 first. */
  | { kind: 'factors'; form: Exclude<FactorInitialization, 'gaussian'>; scale: number }
  /** Each parameter in its own way. */
  | { kind: 'each'; parts: ParameterStart[] };

/** The initialization of one parameter: given entries, N(0, scale²), or `scale` times an orthogonal matrix. */
export type ParameterStart =
  | { kind: 'given'; values: Float64Array }
  | { kind: 'gaussian'; scale: number }
  | { kind: 'orthogonal'; scale: number };

/**
 * Draws the initial parameters.
 * @param shapes shapes of the parameters, in order
 * @returns all parameters, concatenated
 */
export function initialize(initialization: Initialization, shapes: readonly Shape[], seed: number): Float64Array {
  if (initialization.kind === 'given') return initialization.values.slice();
  const draw = (layer: number) => new RandomStream(seed, `start of factor ${layer + 1}`);
  const parts = partsOf(initialization, shapes, draw);
  const values = new Float64Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  return values;
}

function partsOf(
  initialization: Exclude<Initialization, { kind: 'given' }>,
  shapes: readonly Shape[],
  draw: (layer: number) => RandomStream,
): Float64Array[] {
  switch (initialization.kind) {
    case 'gaussian':
      return shapes.map((shape, layer) => draw(layer).gaussians(sizeOf(shape), initialization.scale));
    case 'factors':
      return factors(initialization.form, initialization.scale, shapes, draw);
    case 'each':
      return initialization.parts.map((part, i) => {
        if (part.kind === 'given') return part.values;
        if (part.kind === 'gaussian') return draw(i).gaussians(sizeOf(shapes[i]), part.scale);
        const [rows, columns] = shapes[i];
        return flat(orthogonal(rows, columns, draw(i)).mul(part.scale));
      });
  }
}

function factors(
  form: Exclude<FactorInitialization, 'gaussian'>,
  scale: number,
  shapes: readonly Shape[],
  draw: (layer: number) => RandomStream,
): Float64Array[] {
  switch (form) {
    case 'identity':
      return shapes.map(([rows, columns]) => flat(Matrix.eye(rows, columns).mul(scale)));
    case 'orthogonal':
      return shapes.map(([rows, columns], layer) => flat(orthogonal(rows, columns, draw(layer)).mul(scale)));
    case 'balanced':
      return balanced(shapes, scale, draw(0));
  }
}

/** A matrix with orthonormal columns (rows, if there are more columns than rows), Haar-distributed. */
function orthogonal(rows: number, columns: number, stream: RandomStream): Matrix {
  if (rows < columns) return orthogonal(columns, rows, stream).transpose();
  const gaussian = Matrix.from1DArray(rows, columns, stream.gaussians(rows * columns));
  const qr = new QrDecomposition(gaussian);
  const { orthogonalMatrix: q, upperTriangularMatrix: r } = qr;
  // Multiplying by the signs of R's diagonal yields the Haar distribution.
  return new Matrix(rows, columns).apply(function (this: Matrix, i, j) {
    this.set(i, j, q.get(i, j) * (r.get(j, j) < 0 ? -1 : 1));
  }) as Matrix;
}

/**
 * Balanced factors, W_{l+1}ᵀ W_{l+1} = W_l W_lᵀ (Arora, Cohen, Hazan 2018): a Gaussian matrix of spectral norm 1 is
 * split as U S^{1/L} · S^{1/L} ⋯ S^{1/L} Vᵀ. Each factor has spectral norm `scale`.
 */
function balanced(shapes: readonly Shape[], scale: number, stream: RandomStream): Float64Array[] {
  const depth = shapes.length;
  const [rows, columns] = [shapes[depth - 1][0], shapes[0][1]];
  const rank = Math.min(rows, columns, ...shapes.map(([hidden]) => hidden));
  const gaussian = Matrix.from1DArray(rows, columns, stream.gaussians(rows * columns));
  const svd = new SingularValueDecomposition(gaussian, { autoTranspose: true });
  const roots = svd.diagonal.slice(0, rank).map((value) => (value / svd.diagonal[0]) ** (1 / depth));
  return shapes.map(([height, width], layer) => {
    const factor = Matrix.zeros(height, width);
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        let sum = 0;
        for (let k = 0; k < rank; k++) {
          const left = layer === depth - 1 ? svd.leftSingularVectors.get(i, k) : i === k ? 1 : 0;
          const right = layer === 0 ? svd.rightSingularVectors.get(j, k) : j === k ? 1 : 0;
          sum += left * roots[k] * right;
        }
        factor.set(i, j, scale * sum);
      }
    }
    return flat(factor);
  });
}

function flat(matrix: Matrix): Float64Array {
  return Float64Array.from(matrix.to1DArray());
}
