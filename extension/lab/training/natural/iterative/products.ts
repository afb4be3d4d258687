/**
 * Matrix-free products with a Jacobian J = ∂z/∂θ: the VJP Jᵀ c by reverse mode and the JVP J v by forward mode, both
 * compiled. Common values at one point, such as activations and their derivatives, are computed once.
 */
import { forward } from '../../../compiler/autodiff/forward.ts';
import { reverse } from '../../../compiler/autodiff/reverse.ts';
import { type Graph, type NodeId, operands, reachable } from '../../../compiler/graph.ts';
import type { Entry } from '../../../compiler/lower/lower.ts';
import { isLeaf, storageOf } from '../../../compiler/lower/schedule.ts';
import type { CompiledModule } from '../../../compiler/module.ts';
import { sizeOf } from '../../../compiler/shape.ts';
import type { Model } from '../../model.ts';
import { compileModel } from '../../trainer.ts';

export interface JacobianProducts {
  readonly module: CompiledModule;
  /** Writes Jᵀ c. */
  vjp(c: Float64Array, into: Float64Array): void;
  /** Writes J v. */
  jvp(v: Float64Array, into: Float64Array): void;
  /** Entries of z. */
  readonly rows: number;
  /** Evaluates the requested nodes and the common values at the parameters in the module's memory. */
  evaluate(): void;
}

/**
 * @param z the outputs, concatenated
 * @param wanted further nodes to be read after `evaluate`
 */
export function jacobianProducts(model: Model, z: readonly NodeId[], wanted: readonly NodeId[]): JacobianProducts {
  const { g, parameters, parameterCount } = model;
  const coefficients = z.map((node, i) => g.state(`coefficients ${i}`, g.shapeOf(node)));
  const tangents = parameters.map((node, i) => g.state(`tangent ${i}`, g.shapeOf(node)));
  const vjpStates = parameters.map((node, i) => g.state(`vjp ${i}`, g.shapeOf(node)));
  const jvpStates = z.map((node, i) => g.state(`jvp ${i}`, g.shapeOf(node)));
  const gradients = reverse(
    g,
    z.map((node, i) => ({ node, derivative: coefficients[i] })),
    parameters,
  );
  const inputTangents = parameters.map((node, i) => ({ node, tangent: tangents[i] }));
  const outputTangents = forward(g, inputTangents, z);
  const common = frontier(g.graph, [...gradients, ...outputTangents], new Set([...coefficients, ...tangents]));
  const assign = (states: readonly NodeId[], values: readonly NodeId[]) =>
    states.map((state, i) => ({ state, value: values[i] }));
  const entries: Entry[] = [
    { name: 'point', outputs: [...wanted, ...common] },
    { name: 'vjp', outputs: [], assignments: assign(vjpStates, gradients), after: ['point'] },
    { name: 'jvp', outputs: [], assignments: assign(jvpStates, outputTangents), after: ['point'] },
  ];
  const module = compileModel(model, entries, [...coefficients, ...tangents, ...vjpStates, ...jvpStates]);
  const [point, vjp, jvp] = ['point', 'vjp', 'jvp'].map((name) => module.entry(name));
  const rows = z.reduce((sum, node) => sum + sizeOf(g.shapeOf(node)), 0);
  // States are contiguous, so each group is one range of memory.
  const group = (states: readonly NodeId[], size: number) => {
    const { byteOffset, buffer } = module.view(states[0]);
    return new Float64Array(buffer, byteOffset, size);
  };
  const [c, v] = [group(coefficients, rows), group(tangents, parameterCount)];
  const [jtc, jv] = [group(vjpStates, parameterCount), group(jvpStates, rows)];
  return {
    module,
    rows,
    evaluate: () => point(1),
    vjp(from, into) {
      c.set(from);
      vjp(1);
      into.set(jtc);
    },
    jvp(from, into) {
      v.set(from);
      jvp(1);
      into.set(jv);
    },
  };
}

/** The nodes that do not depend on the directions, but are read by nodes that do. */
function frontier(graph: Graph, roots: readonly NodeId[], directions: ReadonlySet<NodeId>): NodeId[] {
  const moving = new Set(directions);
  const found = new Set<NodeId>();
  for (const id of [...reachable(graph, roots)].sort((a, b) => a - b)) {
    const reads = operands(graph.nodes[id]);
    if (!reads.some((operand) => moving.has(operand))) continue;
    moving.add(id);
    for (const operand of reads) {
      const source = storageOf(graph, operand);
      if (!moving.has(source) && !isLeaf(graph.nodes[source])) found.add(source);
    }
  }
  return [...found];
}
