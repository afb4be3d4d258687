/**
 * Linear programs, by HiGHS's dual simplex method (Huangfu and Hall 2018) in WebAssembly. HiGHS is loaded lazily with
 * the first program.
 */
import type { Highs, InitOptions } from 'highs';
import type { LinearProgram } from './linearProgram.ts';
import { scaled } from './scaling.ts';
import { exactVertex, optimalFace, type SimplexBasis, type Vertex } from './vertex.ts';

export interface LinearSolution {
  /** [columns] */
  x: Float64Array;
  /** The multipliers of the rows, [rows]: cost − Aᵀ·multipliers are the reduced costs. */
  multipliers: Float64Array;
  /** ⟨cost, x⟩ */
  objective: number;
  /**
   * Whether x is a vertex solved exactly (to rounding) from its active constraints, with optimality checked; otherwise
   * x is HiGHS's solution, accurate to 1e-6.
   */
  exact: boolean;
  /** Whether the minimizer is unique; false also if that is unknown because the vertex is not exact. */
  unique: boolean;
}

/** The outcome: 'infeasible' if no point satisfies the constraints, 'unbounded' if the cost has no minimum. */
export type LinearOutcome =
  | ({ status: 'optimal' } & LinearSolution)
  | { status: 'infeasible' | 'unbounded' | 'failed' };

/**
 * Solves a linear program: HiGHS finds the basis, and a linear system yields the vertex (see {@link exactVertex}).
 * @returns 'failed' if HiGHS fails
 */
export async function solveLinear(program: LinearProgram): Promise<LinearOutcome> {
  const highs = await load();
  const { program: given, back } = scaled(program);
  const outcome = run(highs, given);
  if (outcome.status !== 'optimal') return outcome;
  const vertex = exactVertex(given, outcome.basis);
  const { x, multipliers } = back(vertex?.x ?? outcome.x, vertex?.multipliers ?? outcome.multipliers);
  const objective = x.reduce((sum, value, j) => sum + value * program.cost[j], 0);
  const unique = vertex !== null && isUnique(highs, given, vertex);
  return { status: 'optimal', x, multipliers, objective, exact: vertex !== null, unique };
}

type Outcome =
  | { status: 'optimal'; x: Float64Array; multipliers: Float64Array; objective: number; basis: SimplexBasis }
  | { status: 'infeasible' | 'unbounded' | 'failed' };

/** Solves an unscaled program. */
function run(highs: Highs, given: LinearProgram): Outcome {
  const [rows, columns] = [given.rowLower.length, given.cost.length];
  return highs.withModel(
    {
      numCols: columns,
      numRows: rows,
      colCost: given.cost,
      colLower: given.lower,
      colUpper: given.upper,
      rowLower: given.rowLower,
      rowUpper: given.rowUpper,
      matrix: sparse(given.matrix, rows, columns),
    },
    (model): Outcome => {
      // The exact vertex is computed from the basis of the simplex method.
      model.options.set({ output_flag: false, solver: 'simplex', ...TOLERANCES });
      model.run();
      const { modelStatus } = highs.constants;
      let status = model.getModelStatus();
      if (status === modelStatus.unboundedOrInfeasible) {
        model.options.set({ presolve: 'off' });
        model.run();
        status = model.getModelStatus();
      }
      if (status === modelStatus.infeasible) return { status: 'infeasible' };
      if (status === modelStatus.unbounded) return { status: 'unbounded' };
      if (status !== modelStatus.optimal) return { status: 'failed' };
      const { colValue, rowDual } = model.getSolution();
      const objective = colValue.reduce((sum, value, j) => sum + value * given.cost[j], 0);
      return { status: 'optimal', x: colValue, multipliers: rowDual, objective, basis: model.getBasis() };
    },
  );
}

/** Relative distance above which points of the optimal face count as different. */
const FACE_WIDTH = 1e-6;

/**
 * Whether the optimal face is a single vertex. This holds if all active constraints have nonzero multipliers; otherwise
 * the extent of the face in a generic direction is computed.
 */
function isUnique(highs: Highs, program: LinearProgram, vertex: Vertex): boolean {
  const face = optimalFace(program, vertex);
  if (face === null) return true;
  const direction = face.cost.map((_, j) => 1 + Math.sin(1.7 * (j + 1)) / 2);
  const ends = [1, -1].map((sign) => run(highs, { ...face, cost: direction.map((value) => sign * value) }));
  const size = vertex.x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return ends.every(
    (end) => end.status === 'optimal' && end.x.every((value, j) => Math.abs(value - vertex.x[j]) <= FACE_WIDTH * size),
  );
}

/** The tightest tolerances that HiGHS supports: a basis that is optimal only to 1e-6 may not be the best one. */
const TOLERANCES = { primal_feasibility_tolerance: 1e-10, dual_feasibility_tolerance: 1e-10 };

interface EmscriptenHook {
  instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void): void;
}

let loaded: Promise<Highs> | null = null;

/** Loads HiGHS. In the bundle, its WebAssembly is part of a code chunk, so that no separate file is needed. */
function load(): Promise<Highs> {
  loaded ??= (async () => {
    const { default: loadHighs } = await import('highs');
    if (typeof BUNDLED === 'undefined') return loadHighs();
    const { default: bytes } = await import('highs/runtime');
    const compiled = await WebAssembly.compile(bytes);
    // Emscripten's hook: release 1.15.3 documents `wasmBinary` and `wasmModule`, but ignores both.
    const hook: InitOptions & EmscriptenHook = {
      instantiateWasm: (imports, receive) => receive(new WebAssembly.Instance(compiled, imports)),
    };
    return loadHighs(hook);
  })();
  return loaded;
}

/** The nonzero entries of a matrix, row by row. */
function sparse(matrix: Float64Array, numRows: number, numCols: number) {
  const count = matrix.reduce((sum, value) => (value === 0 ? sum : sum + 1), 0);
  const starts = new Int32Array(numRows + 1);
  const indices = new Int32Array(count);
  const values = new Float64Array(count);
  let end = 0;
  for (let i = 0; i < numRows; i++) {
    for (let j = 0; j < numCols; j++) {
      const value = matrix[i * numCols + j];
      if (value === 0) continue;
      indices[end] = j;
      values[end++] = value;
    }
    starts[i + 1] = end;
  }
  return { format: 'csr' as const, numRows, numCols, starts, indices, values };
}
