/** Checks that the derivative at the initialization is finite, and reports the expression that makes it non-finite. */
import { reverse } from '../compiler/autodiff/reverse.ts';
import { javascript } from '../compiler/backends.ts';
import { GraphBuilder } from '../compiler/builder.ts';
import { binaryFunctions, unaryFunctions } from '../compiler/functions.ts';
import { type Graph, type NodeId, reachable } from '../compiler/graph.ts';
import { instantiate } from '../compiler/instantiate.ts';
import { CompiledModule } from '../compiler/module.ts';
import { sizeOf } from '../compiler/shape.ts';
import { DefinitionError, type Origin, type Place } from '../errors.ts';

/** A scalar function as a graph, with the source location of its nodes. */
export interface ScalarProgram {
  graph: Graph;
  output: NodeId;
  inputs: readonly NodeId[];
  placeOf(id: NodeId): Place | null;
}

/**
 * @param points values of the inputs
 * @throws DefinitionError if a derivative of the output is not finite at one of the points
 */
export function requireFiniteDerivative(program: ScalarProgram, points: readonly (readonly number[])[]): void {
  const g = new GraphBuilder();
  const states = program.inputs.map((_, k) => g.state(`x${k}`, [points.length]));
  const inputs = new Map(program.inputs.map((input, k) => [input, states[k]]));
  const output = g.broadcast(instantiate(g, program.graph, program.output, inputs), [points.length]);
  const values = states.map((_, k) => points.map((point) => point[k]));
  const gradients = reverse(g, [{ node: output, derivative: g.scalar(1) }], states);
  const results = evaluate(g, states, values, gradients);
  const bad = points.find((_, i) => results.some((result) => !Number.isFinite(result[i])));
  if (!bad) return;
  const scalars = new GraphBuilder(program.graph);
  const culprit = findCulprit(scalars, program.output, program.inputs, bad);
  throw derivativeError({ place: culprit === null ? null : program.placeOf(culprit) });
}

export function derivativeError(where: { place: Place | null } | { origin: Origin }): DefinitionError {
  return new DefinitionError('the derivative of this is not finite at the initialization', {
    hint: 'Choose a different initialization, or rewrite it so that its derivative is finite there.',
    ...where,
  });
}

/** A tensor program with its initial parameters. */
export interface TensorProgram {
  graph: Graph;
  output: NodeId;
  parameters: readonly NodeId[];
  values: readonly ArrayLike<number>[];
}

/**
 * The node whose derivative is not finite at the initialization (null if no single node is the cause); undefined if all
 * are finite.
 */
export function nodeWithoutDerivative({
  graph,
  output,
  parameters,
  values,
}: TensorProgram): { node: NodeId | null } | undefined {
  const g = new GraphBuilder(graph);
  const gradients = reverse(g, [{ node: output, derivative: g.broadcast(g.scalar(1), g.shapeOf(output)) }], parameters);
  const areFinite = evaluate(g, parameters, values, gradients).every((gradient) => gradient.every(Number.isFinite));
  return areFinite ? undefined : { node: findCulprit(new GraphBuilder(graph), output, parameters, values) };
}

/** The last node with a non-finite local derivative and a nonzero incoming derivative. */
function findCulprit(
  g: GraphBuilder,
  output: NodeId,
  inputs: readonly NodeId[],
  values: readonly (number | ArrayLike<number>)[],
): NodeId | null {
  const ids = [...reachable(g.graph, [output])].sort((a, b) => b - a);
  const seed = g.broadcast(g.scalar(1), g.shapeOf(output));
  const incoming = reverse(g, [{ node: output, derivative: seed }], ids);
  const locals = ids.map((id) => localDerivatives(g, id));
  const all = evaluate(g, inputs, values, [...incoming, ...locals.flat()]);
  let at = ids.length;
  for (let i = 0; i < ids.length; i++) {
    for (let k = 0; k < locals[i].length; k++, at++) {
      const flows = all[i];
      const local = all[at];
      const isBad = flows.some((d, j) => d !== 0 && !Number.isFinite(local[local.length === 1 ? 0 : j]));
      if (isBad) return ids[i];
    }
  }
  // Both are finite, but their product is not.
  const finite = new Map(ids.map((id, i) => [id, all[i].every(Number.isFinite)]));
  return ids.filter((id) => finite.get(id)).at(-1) ?? null;
}

function localDerivatives(g: GraphBuilder, id: NodeId): NodeId[] {
  const node = g.graph.nodes[id];
  if (node.op === 'unary') {
    const { derivative } = unaryFunctions[node.fn];
    return derivative ? [derivative(g, node.a, id)] : [];
  }
  if (node.op !== 'binary') return [];
  const { derivative } = binaryFunctions[node.fn];
  return derivative?.(g, node.a, node.b, id).filter((one) => one !== null) ?? [];
}

function evaluate(
  g: GraphBuilder,
  states: readonly NodeId[],
  values: readonly (number | ArrayLike<number>)[],
  outputs: readonly NodeId[],
): Float64Array[] {
  const module = new CompiledModule(g.graph, states, [{ name: 'derivatives', outputs }], [javascript]);
  states.forEach((state, k) => {
    const value = values[k];
    const view = module.view(state);
    if (typeof value === 'number') view.fill(value);
    else view.set(value);
  });
  module.entry('derivatives')(1);
  return outputs.map((output) => module.view(output).slice(0, sizeOf(g.shapeOf(output))));
}
