/**
 * One natural gradient step with the population Fisher information on a product of two matrices, against extended
 * precision: where the factors have a rank below the matrix's sides, ∂W/∂θ never has full rank.
 */
import { factorization, matrixCompletion, ngd } from '../../extension/lab/index.ts';
import { RandomStream } from '../../extension/lab/random.ts';
import { trained } from '../unit/lab/trained.ts';
import { minimumNormReference } from './pseudoinverse.ts';

const SOLVERS = ['auto', 'parameters', 'iterative'] as const;

/** What was wrong, for seeds `from` … `from + count − 1`. */
export function checkPopulationSteps(from: number, count: number): { cells: number; failures: string[] } {
  const failures: string[] = [];
  let cells = 0;
  for (let seed = from; seed < from + count; seed++) {
    const system = randomCompletion(seed);
    for (const solver of SOLVERS) {
      cells++;
      const wrong = check(system, solver);
      if (wrong) failures.push(`seed ${seed}, ${solver}: ${wrong}`);
    }
  }
  return { cells, failures };
}

interface Completion {
  /** W = second · first, [rows, rank] · [rank, columns]. */
  first: number[][];
  second: number[][];
  matrix: number[][];
  observed: [number, number][];
}

function randomCompletion(seed: number): Completion {
  const random = new RandomStream(seed, 'completion');
  const integer = (least: number, most: number) => least + Math.floor(random.uniform() * (most - least + 1));
  const [rows, columns] = [integer(2, 4), integer(2, 4)];
  const rank = integer(1, Math.max(rows, columns));
  const gaussian = (m: number, n: number, scale: number) =>
    Array.from({ length: m }, () => Array.from({ length: n }, () => scale * random.gaussian()));
  const scale = () => 10 ** (-2 * random.uniform());
  const all = Array.from({ length: rows * columns }, (_, k): [number, number] => [
    Math.floor(k / columns),
    k % columns,
  ]);
  const observed = all.filter(() => random.uniform() < 0.6);
  return {
    first: gaussian(rank, columns, scale()),
    second: gaussian(rows, rank, scale()),
    matrix: gaussian(rows, columns, 1),
    observed: observed.length > 0 ? observed : all,
  };
}

/** F = Jᵀ J / mn over all entries, ∇L = Jᵀ γ with γ = (W − M) / |Ω| on the observed ones: δ = J⁺ (mn γ). */
function check({ first, second, matrix, observed }: Completion, solver: (typeof SOLVERS)[number]): string | null {
  const [rows, columns, rank] = [matrix.length, matrix[0].length, first.length];
  const jacobian = matrix.flatMap((line, i) =>
    line.map((_, j) => {
      const row = new Array<number>(rank * columns + rows * rank).fill(0);
      for (let k = 0; k < rank; k++) {
        row[k * columns + j] = second[i][k];
        row[rank * columns + i * rank + k] = first[k][j];
      }
      return row;
    }),
  );
  const target = new Array<number>(rows * columns).fill(0);
  for (const [i, j] of observed) {
    const w = second[i].reduce((sum, value, k) => sum + value * first[k][j], 0);
    target[i * columns + j] = ((w - matrix[i][j]) * rows * columns) / observed.length;
  }
  const cutoff = Math.max(jacobian.length, jacobian[0].length) * Number.EPSILON;
  const { x, singularValues } = minimumNormReference(jacobian, target, cutoff);
  const counted = singularValues.filter((value) => value > cutoff * singularValues[0]);
  const condition = singularValues[0] / counted[counted.length - 1];
  const run = trained({
    problem: matrixCompletion({ matrix, observed }),
    parameterization: factorization({ depth: 2, rank, init: [first, second] }),
    optimizer: ngd({ rate: 1, fisher: 'population', solver }),
    steps: 1,
  });
  const start = [...first.flat(), ...second.flat()];
  const step = Array.from(run.parameters ?? [], (value, k) => start[k] - value);
  const size = Math.hypot(...x);
  const apart = Math.hypot(...step.map((value, k) => value - x[k])) / size;
  if (!(apart <= Math.max(1e-6, 100 * condition * Number.EPSILON))) {
    return `off by ${apart.toExponential(1)} at condition ${condition.toExponential(1)}`;
  }
  const reported = run.solver?.rank ?? null;
  return reported === null || reported === counted.length ? null : `rank ${reported}, not ${counted.length}`;
}
