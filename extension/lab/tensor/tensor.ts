/** Traced tensors, the values of a user's tensor program. Each operation adds nodes to the graph. */
import type { GraphBuilder } from '../compiler/builder.ts';
import type { NodeId } from '../compiler/graph.ts';
import { type Shape, showShape } from '../compiler/shape.ts';
import { captureOrigin, DefinitionError } from '../errors.ts';
import { LARGEST_GRAPH } from '../limits.ts';
import { isArrayLike, readMatrix, readVector, show } from '../options.ts';
import { operatorError } from './operators.ts';
import type { Tracing } from './tracing.ts';

/** A vector, matrix or higher tensor that depends on the parameters. Use the module's operations to compute with it. */
export interface Tensor {
  readonly kind: 'tensor';
  /** The length of each axis, outermost first; `[]` is a scalar. */
  readonly shape: readonly number[];
}

/** A tensor as a node of the graph. */
export class TracedTensor implements Tensor {
  readonly kind = 'tensor';

  constructor(
    readonly node: NodeId,
    private readonly tracing: Tracing,
  ) {}

  get shape(): readonly number[] {
    return this.tracing.g.shapeOf(this.node);
  }

  belongsTo(tracing: Tracing): boolean {
    return this.tracing === tracing;
  }

  /** JavaScript operators convert their operands to numbers, which throws an error here. */
  [Symbol.toPrimitive](): never {
    const origin = captureOrigin(this[Symbol.toPrimitive]);
    throw operatorError(origin, this.tracing);
  }
}

/** An operand: a traced tensor, or a constant scalar, vector or matrix (as rows). */
export type TensorLike = Tensor | number | ArrayLike<number> | readonly (readonly number[])[];

let current: Tracing | null = null;

/** Traces a tensor program: operations called by `use` add nodes to its graph. */
export function whileTracing<T>(tracing: Tracing, use: () => T): T {
  const outer = current;
  current = tracing;
  try {
    return use();
  } finally {
    current = outer;
  }
}

/**
 * Performs one operation; errors are located at the user's call.
 * @param operation the module's function that the user called
 */
export function operate(
  operation: (...parameters: never[]) => Tensor,
  values: readonly unknown[],
  build: (g: GraphBuilder, nodes: NodeId[], tracing: Tracing) => NodeId,
): Tensor {
  const tracing = current;
  try {
    if (tracing === null) {
      throw new DefinitionError(`${operation.name} can only be used inside the function passed to parameterization`, {
        hint: 'Use plain arithmetic in an elementwise function.',
      });
    }
    const nodes = values.map((value, i) => operandNode(tracing, value, operation.name, i));
    const before = tracing.g.graph.nodes.length;
    if (before > LARGEST_GRAPH) {
      throw new DefinitionError(`this program needs more than ${LARGEST_GRAPH} operations`, {
        hint: 'Shorten its loops.',
      });
    }
    const result = build(tracing.g, nodes, tracing);
    if (tracing.note) {
      const origin = captureOrigin(operation);
      for (let id = before; id < tracing.g.graph.nodes.length; id++) tracing.note(id, origin);
    }
    return new TracedTensor(result, tracing);
  } catch (error) {
    if (!(error instanceof DefinitionError) || error.place || error.origin) throw error;
    throw error.but({ origin: captureOrigin(operation) });
  }
}

function operandNode(tracing: Tracing, value: unknown, operation: string, position: number): NodeId {
  const { g } = tracing;
  if (value instanceof TracedTensor) {
    if (value.belongsTo(tracing)) return value.node;
    throw new DefinitionError(`${operation}: this tensor belongs to another parameterization`);
  }
  if (typeof value === 'number') return g.scalar(value);
  const what = `${operation}: operand ${position + 1}`;
  if (!isArrayLike(value)) {
    throw new DefinitionError(`${what} must be a tensor, a number or an array of numbers; it is ${show(value)}`);
  }
  if (!isArrayLike(value[0])) return g.constant(readVector(value, what), [value.length]);
  const { rows, columns, values } = readMatrix(value, what);
  return g.constant(values, [rows, columns]);
}

/** Validates an axis; negative values count from the last axis. */
export function readAxis(operation: string, axis: unknown, shape: Shape): number {
  const position = Number.isInteger(axis) && Number(axis) < 0 ? Number(axis) + shape.length : axis;
  if (Number.isInteger(position) && Number(position) >= 0 && Number(position) < shape.length) return Number(position);
  throw new DefinitionError(`${operation}: ${showShape(shape)} has no axis ${show(axis)}`);
}
