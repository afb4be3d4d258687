/** One natural gradient step on random problems of every rank and conditioning, in every space, against extended precision. */
import { dataset, linear, ngd } from '../../extension/lab/index.ts';
import type { FisherOptions } from '../../extension/lab/optimizers/fisherOptions.ts';
import { RandomStream } from '../../extension/lab/random.ts';
import { trained } from '../unit/lab/trained.ts';
import { minimumNormReference } from './pseudoinverse.ts';

export const SOLVERS = ['auto', 'samples', 'parameters', 'iterative'] as const;

export interface Outcome {
  cells: number;
  /** Cells with a singular value too close to the cutoff for any two programs to agree. */
  leftOut: number;
  /** What was wrong, with the cell's seed and solver. */
  failures: string[];
}

/** Runs cells with seeds `from` … `from + count − 1`, each in every space. */
export function checkNaturalSteps(from: number, count: number): Outcome {
  const outcome: Outcome = { cells: 0, leftOut: 0, failures: [] };
  for (let seed = from; seed < from + count; seed++) {
    const { x, y } = randomSystem(seed);
    const cutoff = Math.max(x.length, x[0].length) * Number.EPSILON;
    const reference = minimumNormReference(x, y, cutoff);
    const [largest] = reference.singularValues;
    const shares = reference.singularValues.map((value) => value / largest);
    if (shares.some((share) => share > cutoff / 10 && share < cutoff * 10)) {
      outcome.leftOut++;
      continue;
    }
    const counted = shares.filter((share) => share > cutoff);
    const condition = 1 / counted[counted.length - 1];
    for (const solver of SOLVERS) {
      outcome.cells++;
      const wrong = check(x, y, reference.x, { largest, condition, rank: counted.length }, { solver });
      if (wrong) outcome.failures.push(`seed ${seed}, ${solver}, condition ${condition.toExponential(1)}: ${wrong}`);
    }
  }
  return outcome;
}

/** The step of rate 1 of a linear model from 0 is the minimum-norm fit. */
function check(
  x: number[][],
  y: number[],
  exact: number[],
  { largest, condition, rank }: { largest: number; condition: number; rank: number },
  options: FisherOptions,
): string | null {
  const problem = dataset({ train: { inputs: x, labels: y }, loss: 'square' });
  const run = trained({ problem, parameterization: linear(), optimizer: ngd({ rate: 1, ...options }), steps: 1 });
  if (run.unsolved !== undefined) return condition < 1e8 ? `unsolved, residual ${run.solver?.residual}` : null;
  const step = Array.from(run.predictor ?? []);
  const difference = step.map((value, k) => value - exact[k]);
  const moved = x.map((row) => row.reduce((sum, value, k) => sum + value * difference[k], 0));
  const [inOutputs, inParameters] = [length(moved) / length(y), length(difference) / length(exact)];
  // Parameters are float64: rounding each of them alone moves the outputs by so much.
  const rounding = (4 * Number.EPSILON * largest * length(exact)) / length(y);
  if (!(inOutputs <= Math.max(1e-6, rounding))) return `outputs are off by ${inOutputs.toExponential(1)}`;
  if (!(inParameters <= Math.max(1e-6, 100 * condition * Number.EPSILON))) {
    return `the step is off by ${inParameters.toExponential(1)}`;
  }
  if (condition < 1e8 && run.solver?.residual !== undefined) return `warns of a residual ${run.solver.residual}`;
  const reported = run.solver?.rank ?? null;
  return reported === null || reported === rank ? null : `rank ${reported}, not ${rank}`;
}

/**
 * Inputs with singular values that decrease geometrically by up to 1e12, or with rows and columns of very different
 * lengths, some of them there twice: of rank n − 2 … n.
 */
function randomSystem(seed: number): { x: number[][]; y: number[] } {
  const random = new RandomStream(seed, 'system');
  const integer = (least: number, most: number) => least + Math.floor(random.uniform() * (most - least + 1));
  const [n, p] = [integer(1, 7), integer(1, 8)];
  const span = 12 * random.uniform();
  const byScale = random.uniform() < 0.4;
  const rows = byScale ? scaledRows(random, n, p, span) : rotatedRows(random, n, p, span);
  const copies = integer(0, Math.min(2, n - 1));
  for (let k = 0; k < copies; k++) {
    // A power of two times an earlier row: exactly dependent.
    const factor = 2 ** integer(-2, 2) * (random.uniform() < 0.5 ? -1 : 1);
    rows[n - 1 - k] = rows[integer(0, n - 1 - copies)].map((value) => factor * value);
  }
  return { x: rows, y: Array.from({ length: n }, () => random.gaussian()) };
}

function scaledRows(random: RandomStream, n: number, p: number, span: number): number[][] {
  const scale = (count: number) => Array.from({ length: count }, () => 10 ** ((-span / 2) * random.uniform()));
  const [byRow, byColumn] = [scale(n), scale(p)];
  return byRow.map((r) => byColumn.map((c) => r * c * random.gaussian()));
}

function rotatedRows(random: RandomStream, n: number, p: number, span: number): number[][] {
  const rows = Array.from({ length: n }, () => new Array<number>(p).fill(0));
  const count = Math.min(n, p);
  const [left, right] = [orthonormal(random, n, count), orthonormal(random, p, count)];
  for (let k = 0; k < count; k++) {
    const size = 10 ** (count === 1 ? 0 : (-span * k) / (count - 1));
    for (let i = 0; i < n; i++) for (let j = 0; j < p; j++) rows[i][j] += size * left[k][i] * right[k][j];
  }
  return rows;
}

/** `count` orthonormal vectors. */
function orthonormal(random: RandomStream, dimension: number, count: number): number[][] {
  const vectors: number[][] = [];
  while (vectors.length < count) {
    let v = Array.from({ length: dimension }, () => random.gaussian());
    for (let pass = 0; pass < 2; pass++) {
      for (const other of vectors) {
        const along = other.reduce((sum, value, i) => sum + value * v[i], 0);
        v = v.map((value, i) => value - along * other[i]);
      }
    }
    const size = length(v);
    vectors.push(v.map((value) => value / size));
  }
  return vectors;
}

function length(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
