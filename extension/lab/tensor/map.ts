import { GraphBuilder } from '../compiler/builder.ts';
import type { NodeId } from '../compiler/graph.ts';
import { broadcastShapes, type Shape } from '../compiler/shape.ts';
import { Reading, type Written } from '../compiler/source/frame.ts';
import { run, toNode } from '../compiler/source/interpreter.ts';
import { missingReturn } from '../compiler/source/missingReturn.ts';
import { placeOf } from '../compiler/source/parse.ts';
import { requireAgreement } from '../compiler/source/selfCheck.ts';
import { tensorOperations } from '../compiler/source/tensorOperations.ts';
import { describeValue, Traced } from '../compiler/source/values.ts';
import { DefinitionError } from '../errors.ts';
import { show } from '../options.ts';
import { operate, type Tensor, type TensorLike } from './tensor.ts';
import type { Tracing } from './tracing.ts';

/**
 * Applies a scalar function elementwise to one or more tensors, with NumPy broadcasting. The function's source code is
 * parsed and differentiated, as in `elementwise`.
 * @throws DefinitionError at the expression that cannot be differentiated, or if the shapes are incompatible
 * @example map((a, b) => (a > 0 ? Math.sin(a) : b), u, v)
 */
export function map(fn: (...entries: number[]) => number, ...tensors: TensorLike[]): Tensor {
  return operate(map, tensors, (g, nodes, { read, note }) => {
    if (typeof fn !== 'function')
      throw new DefinitionError(`map: the first argument must be a function; it is ${show(fn)}`);
    if (nodes.length === 0) throw new DefinitionError('map needs at least one tensor');
    const shape = nodes.map((node) => g.shapeOf(node)).reduce((a: Shape, b) => broadcastShapes(a, b, 'map'));
    const reading = new Reading(g, read);
    const node = readInto(reading, fn, nodes);
    if (note) for (const [id, written] of reading.written) noteAt(note, id, written);
    // Trace in a separate graph, where the inputs are independent; here one may be computed from another.
    const own = new GraphBuilder();
    const inputs = nodes.map((_, i) => ({ name: `argument ${i + 1}`, node: own.state('x', []) }));
    const output = readInto(
      new Reading(own, read),
      fn,
      inputs.map((input) => input.node),
    );
    requireAgreement({ fn, read, graph: own.graph, output, inputs, toArguments: (values) => [...values] }, []);
    return g.broadcast(node, shape);
  });
}

function noteAt(note: NonNullable<Tracing['note']>, id: NodeId, { parsed, at }: Written): void {
  const place = placeOf(parsed, at);
  if (place) note(id, place);
}

function readInto(reading: Reading, fn: (...entries: number[]) => number, nodes: NodeId[]): NodeId {
  const result = run(
    reading,
    fn,
    nodes.map((node) => new Traced(node)),
  );
  const node = toNode(reading.g, result);
  if (node !== null) return node;
  throw new DefinitionError(`map: the function must return a number; it returns ${describeValue(result)}`, {
    ...(result === undefined ? missingReturn(reading.read, fn) : {}),
  });
}

tensorOperations.add(map);
