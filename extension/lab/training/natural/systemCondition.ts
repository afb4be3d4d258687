/** Condition numbers of the systems of a compiled step. */
import { type Graph, type NodeId, reachable } from '../../compiler/graph.ts';
import type { CompiledModule } from '../../compiler/module.ts';
import { solveLower, solveLowerTransposed } from '../../linearAlgebra/cholesky.ts';
import { diagonalCondition, extremeEigenvalues, factoredCondition, multiply } from '../../linearAlgebra/condition.ts';
import type { Gram } from './gram.ts';

/** Steps of Lanczos' method. */
const STEPS = 25;

/** All matrices that are factored to compute a node, and their factors. */
export function factoredIn(graph: Graph, root: NodeId): { matrix: NodeId; factor: NodeId }[] {
  return [...reachable(graph, [root])].flatMap((factor) => {
    const node = graph.nodes[factor];
    return node.op === 'cholesky' ? [{ matrix: node.a, factor }] : [];
  });
}

/**
 * The condition number of the system of the coefficients c: of the Gram matrix (with damping, if any), or of Lᵀ G L if
 * a curvature H = L Lᵀ on predictors is factored, too.
 */
export function systemCondition(
  module: CompiledModule,
  graph: Graph,
  c: NodeId,
  gram: Gram,
  isCurvatureFactored: boolean,
): number | null {
  const systems = factoredIn(graph, c);
  const view = (node: NodeId) => module.view(node);
  if (isCurvatureFactored) {
    const curvature = systems.find(({ matrix }) => matrix !== gram.node);
    const factor = systems.find(({ matrix }) => matrix === gram.node)?.factor;
    return curvature
      ? congruenceCondition(view(curvature.factor), view(gram.node), factor === undefined ? null : view(factor))
      : null;
  }
  const [system] = systems;
  if (system) return factoredCondition(view(system.matrix), view(system.factor), Math.sqrt(view(system.matrix).length));
  return diagonalCondition(view(gram.node));
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
