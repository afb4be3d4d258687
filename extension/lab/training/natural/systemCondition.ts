/** Condition numbers of the systems of a compiled step. */
import type { GraphBuilder } from '../../compiler/builder.ts';
import { type Graph, type NodeId, reachable } from '../../compiler/graph.ts';
import type { Entry } from '../../compiler/lower/lower.ts';
import type { CompiledModule } from '../../compiler/module.ts';
import { solveLower, solveLowerTransposed } from '../../linearAlgebra/cholesky.ts';
import { conditionBetween, extremeEigenvalues, multiply } from '../../linearAlgebra/condition.ts';
import type { Gram } from './gram.ts';

/** Steps of Lanczos' method. */
const STEPS = 25;

/** A matrix and its Cholesky factor. */
export interface FactoredSystem {
  matrix: NodeId;
  factor: NodeId;
}

/** All matrices that are factored to compute a node, and their factors. */
export function factoredIn(graph: Graph, root: NodeId): FactoredSystem[] {
  return [...reachable(graph, [root])].flatMap((factor) => {
    const node = graph.nodes[factor];
    return node.op === 'cholesky' ? [{ matrix: node.a, factor }] : [];
  });
}

/** The entries that multiply the vector by the system, and by its inverse. They take the system as it is in memory. */
const MULTIPLY = 'multiply by the system';
const SOLVE = 'solve with the system';

/** Products with the matrix of a single factored system, as entries of a module. */
export class SystemProducts {
  /** The vector, a state of the module. */
  readonly vector: NodeId;
  readonly entries: readonly Entry[];
  private readonly size: number;
  private readonly product: NodeId;
  private readonly solution: NodeId;

  /** @param after the entry that computes and factors the system */
  constructor(g: GraphBuilder, { matrix, factor }: FactoredSystem, after: string) {
    [this.size] = g.shapeOf(matrix);
    this.vector = g.state('vector', [this.size]);
    this.product = g.matmul(matrix, g.reshape(this.vector, [this.size, 1]));
    this.solution = g.apply({ op: 'solveCholesky', a: factor, b: this.vector });
    this.entries = [
      { name: MULTIPLY, outputs: [this.product], after: [after] },
      { name: SOLVE, outputs: [this.solution], after: [after] },
    ];
  }

  /** The condition number of the system in the module's memory; null where it is not finite. */
  condition(module: CompiledModule): number | null {
    const vector = module.view(this.vector);
    const applied = (entry: string, output: NodeId) => {
      const result = module.view(output);
      return (x: Float64Array, into: Float64Array) => {
        vector.set(x);
        module.entry(entry)(1);
        into.set(result);
      };
    };
    return conditionBetween(this.size, applied(MULTIPLY, this.product), applied(SOLVE, this.solution));
  }
}

/**
 * The condition number of Lᵀ G L, where a curvature H = L Lᵀ on predictors is factored, too.
 * @param systems what is factored to compute the coefficients
 */
export function curvedCondition(module: CompiledModule, systems: readonly FactoredSystem[], gram: Gram): number | null {
  const curvature = systems.find(({ matrix }) => matrix !== gram.node);
  const system = systems.find(({ matrix }) => matrix === gram.node);
  if (!curvature) return null;
  const factor = system ? module.view(system.factor) : null;
  return congruenceCondition(module.view(curvature.factor), module.view(gram.node), factor);
}

/**
 * The condition number of Lᵀ G L.
 * @param l lower triangle, row-major
 * @param g a diagonal, or row-major
 * @param factor factor of g, null if g is a diagonal
 */
function congruenceCondition(l: Float64Array, g: Float64Array, factor: Float64Array | null): number | null {
  const d = Math.sqrt(l.length);
  const inner = new Float64Array(d);
  const direct = extremeEigenvalues(d, STEPS, (x, into) => {
    multiplyLower(l, x, into);
    if (factor) multiply(g, d, into, inner);
    else for (let i = 0; i < d; i++) inner[i] = g[i] * into[i];
    multiplyLowerTransposed(l, inner, into);
  });
  const inverse = extremeEigenvalues(d, STEPS, (x, into) => {
    into.set(x);
    solveLowerTransposed(l, d, into);
    if (factor) {
      solveLower(factor, d, into);
      solveLowerTransposed(factor, d, into);
    } else for (let i = 0; i < d; i++) into[i] /= g[i];
    solveLower(l, d, into);
  });
  return direct && inverse && Math.max(1, direct.largest * inverse.largest);
}

function multiplyLower(l: Float64Array, x: Float64Array, into: Float64Array): void {
  const d = x.length;
  for (let i = 0; i < d; i++) {
    let sum = 0;
    for (let k = 0; k <= i; k++) sum += l[i * d + k] * x[k];
    into[i] = sum;
  }
}

function multiplyLowerTransposed(l: Float64Array, x: Float64Array, into: Float64Array): void {
  const d = x.length;
  into.fill(0);
  for (let i = 0; i < d; i++) for (let k = 0; k <= i; k++) into[k] += l[i * d + k] * x[i];
}
