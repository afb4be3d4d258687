/**
 * Linear programs, by HiGHS's dual simplex method (Huangfu and Hall 2018) in WebAssembly. It is loaded with the first
 * program: importing this file costs nothing.
 */
import type { Highs, InitOptions } from 'highs';
import { scaled } from './scaling.ts';
import { exactVertex } from './vertex.ts';

/** min ⟨cost, x⟩ subject to rowLower ≤ A x ≤ rowUpper and lower ≤ x ≤ upper; bounds may be infinite. */
export interface LinearProgram {
  /** [columns] */
  cost: Float64Array;
  /** A, row-major [rows, columns]. */
  matrix: Float64Array;
  /** [rows] */
  rowLower: Float64Array;
  rowUpper: Float64Array;
  /** [columns] */
  lower: Float64Array;
  upper: Float64Array;
}

export interface LinearSolution {
  /** [columns] */
  x: Float64Array;
  /** The multipliers of the rows, [rows]: cost − Aᵀ·multipliers are the reduced costs. */
  multipliers: Float64Array;
  /** ⟨cost, x⟩ */
  objective: number;
  /**
   * Whether x is a vertex solved exactly (to rounding) from its active constraints, with optimality checked; otherwise
   * x is HiGHS's own answer, good to 1e-6.
   */
  exact: boolean;
}

/** How a program ended: 'infeasible' where no point obeys the constraints, 'unbounded' where the cost has no minimum. */
export type LinearOutcome =
  | ({ status: 'optimal' } & LinearSolution)
  | { status: 'infeasible' | 'unbounded' | 'failed' };

/**
 * Solves a linear program: HiGHS finds the basis, a linear system the vertex (see {@link exactVertex}).
 * @returns 'failed' where HiGHS gives up
 */
export async function solveLinear(program: LinearProgram): Promise<LinearOutcome> {
  const highs = await load();
  const { program: given, back } = scaled(program);
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
    (model): LinearOutcome => {
      // The basis of the simplex method is what the exact vertex is solved from.
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
      const vertex = exactVertex(given, model.getBasis());
      const { colValue, rowDual } = model.getSolution();
      const { x, multipliers } = back(vertex?.x ?? colValue, vertex?.multipliers ?? rowDual);
      const objective = x.reduce((sum, value, j) => sum + value * program.cost[j], 0);
      return { status: 'optimal', x, multipliers, objective, exact: vertex !== null };
    },
  );
}

/** The tightest that HiGHS takes: a basis that is optimal to 1e-6 only need not be the best one. */
const TOLERANCES = { primal_feasibility_tolerance: 1e-10, dual_feasibility_tolerance: 1e-10 };

interface EmscriptenHook {
  instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void): void;
}

let loaded: Promise<Highs> | null = null;

/** HiGHS itself. In the bundle its WebAssembly comes as a chunk of the code, so that no file lies beside it. */
function load(): Promise<Highs> {
  loaded ??= (async () => {
    const { default: loadHighs } = await import('highs');
    if (typeof BUNDLED === 'undefined') return loadHighs();
    const { default: bytes } = await import('highs/runtime');
    const compiled = await WebAssembly.compile(bytes);
    // Emscripten's own hook: release 1.15.3 documents `wasmBinary` and `wasmModule`, and reads neither.
    const hook: InitOptions & EmscriptenHook = {
      instantiateWasm: (imports, receive) => receive(new WebAssembly.Instance(compiled, imports)),
    };
    return loadHighs(hook);
  })();
  return loaded;
}

/** A matrix's entries that are not zero, row by row. */
function sparse(matrix: Float64Array, numRows: number, numCols: number) {
  const starts = new Int32Array(numRows + 1);
  const indices: number[] = [];
  for (let i = 0; i < numRows; i++) {
    for (let j = 0; j < numCols; j++) if (matrix[i * numCols + j] !== 0) indices.push(i * numCols + j);
    starts[i + 1] = indices.length;
  }
  const values = Float64Array.from(indices, (at) => matrix[at]);
  return {
    format: 'csr' as const,
    numRows,
    numCols,
    starts,
    indices: Int32Array.from(indices, (at) => at % numCols),
    values,
  };
}
