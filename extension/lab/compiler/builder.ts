/**
 * Builds a graph: checks shapes, folds constants, and shares equal expressions (hash-consing), so that derivatives reuse
 * values that are already computed.
 */
import { DefinitionError } from '../errors.ts';
import type { BinaryFunction, Expressions, UnaryFunction } from './expressions.ts';
import { binaryFunctions, unaryFunctions } from './functions.ts';
import type { Graph, Node, NodeId, Reduction } from './graph.ts';
import { operationOf } from './operations/index.ts';
import { isEverything, isSparse } from './positions.ts';
import { broadcastShapes, type Shape, sameShape, showShape, sizeOf } from './shape.ts';

/** A node before its shape is known. */
type WithoutShape<N> = N extends Node ? Omit<N, 'shape'> : never;

export class GraphBuilder implements Expressions {
  readonly graph: Graph;
  private readonly known = new Map<string, NodeId>();

  /** Continues a copy of the given graph. */
  constructor(graph: Graph = { nodes: [] }) {
    this.graph = { nodes: [...graph.nodes] };
    this.graph.nodes.forEach((node, id) => {
      if (node.op !== 'state') this.known.set(keyOf(node), id);
    });
  }

  shapeOf(id: NodeId): Shape {
    return this.graph.nodes[id].shape;
  }

  /** New storage; never merged with another. */
  state(name: string, shape: Shape): NodeId {
    return this.push({ op: 'state', name, shape });
  }

  scalar(value: number): NodeId {
    return this.intern({ op: 'constant', values: Float64Array.of(value), shape: [] });
  }

  constant(values: Float64Array, shape: Shape): NodeId {
    if (values.length !== sizeOf(shape))
      throw new DefinitionError(`${values.length} numbers do not fill ${showShape(shape)}`);
    return shape.length === 0 ? this.scalar(values[0]) : this.intern({ op: 'constant', values, shape });
  }

  /** The value of a scalar constant, or null. */
  scalarValue(id: NodeId): number | null {
    const node = this.graph.nodes[id];
    return node.op === 'constant' && node.shape.length === 0 ? node.values[0] : null;
  }

  asBinary(id: NodeId): { fn: BinaryFunction; a: NodeId; b: NodeId } | null {
    const node = this.graph.nodes[id];
    return node.op === 'binary' ? node : null;
  }

  isConstant(id: NodeId): boolean {
    let node = this.graph.nodes[id];
    while (node.op === 'broadcast' || node.op === 'reshape') node = this.graph.nodes[node.a];
    return node.op === 'constant';
  }

  unary(fn: UnaryFunction, a: NodeId): NodeId {
    const value = this.scalarValue(a);
    if (value !== null) return this.scalar(unaryFunctions[fn].value(value));
    const inner = this.graph.nodes[a];
    if (fn === 'negate' && inner.op === 'unary' && inner.fn === 'negate') return inner.a;
    return this.intern({ op: 'unary', fn, a, shape: this.shapeOf(a) });
  }

  binary(fn: BinaryFunction, a: NodeId, b: NodeId): NodeId {
    const x = this.scalarValue(a);
    const y = this.scalarValue(b);
    if (x !== null && y !== null) return this.scalar(binaryFunctions[fn].value(x, y));
    const simple = this.simplify(fn, a, b, x, y);
    if (simple !== null) return simple;
    const shape = broadcastShapes(this.shapeOf(a), this.shapeOf(b), fn);
    const left = this.fit(a, shape);
    const right = this.fit(b, shape);
    const [p, q] = binaryFunctions[fn].commutative && left > right ? [right, left] : [left, right];
    return this.intern({ op: 'binary', fn, a: p, b: q, shape });
  }

  /** a + b where the sign of a zero does not matter: 0 + b is b. What the user writes is `binary`, to the bit. */
  add(a: NodeId, b: NodeId): NodeId {
    if (this.scalarValue(a) === 0) return b;
    return this.scalarValue(b) === 0 ? a : this.binary('add', a, b);
  }

  /** a − b where the sign of a zero does not matter: 0 − b is −b. */
  subtract(a: NodeId, b: NodeId): NodeId {
    if (this.scalarValue(b) === 0) return a;
    return this.scalarValue(a) === 0 ? this.unary('negate', b) : this.binary('subtract', a, b);
  }

  multiply(a: NodeId, b: NodeId): NodeId {
    return this.binary('multiply', a, b);
  }

  divide(a: NodeId, b: NodeId): NodeId {
    return this.binary('divide', a, b);
  }

  reciprocal(a: NodeId): NodeId {
    return this.divide(this.scalar(1), a);
  }

  /** 1 − a², without cancellation near |a| = 1. */
  oneMinusSquare(a: NodeId): NodeId {
    return this.multiply(this.subtract(this.scalar(1), a), this.add(this.scalar(1), a));
  }

  select(condition: NodeId, a: NodeId, b: NodeId): NodeId {
    const known = this.scalarValue(condition);
    if (known !== null) return known !== 0 ? a : b;
    if (a === b) return a;
    const shape = broadcastShapes(
      this.shapeOf(condition),
      broadcastShapes(this.shapeOf(a), this.shapeOf(b), 'select'),
      'select',
    );
    const [c, p, q] = [condition, a, b].map((operand) => this.fit(operand, shape));
    return this.intern({ op: 'select', condition: c, a: p, b: q, shape });
  }

  broadcast(a: NodeId, shape: Shape): NodeId {
    if (sameShape(this.shapeOf(a), shape)) return a;
    if (!sameShape(broadcastShapes(this.shapeOf(a), shape, 'broadcast'), shape)) {
      throw new DefinitionError(`broadcast: ${showShape(this.shapeOf(a))} cannot become ${showShape(shape)}`);
    }
    return this.intern({ op: 'broadcast', a, shape });
  }

  /** Reduces over `axes` (all of them when not given); the axes are dropped. */
  reduce(fn: Reduction, a: NodeId, axes?: readonly number[]): NodeId {
    const shape = this.shapeOf(a);
    const over = axes ?? shape.map((_, axis) => axis);
    if (over.length === 0) return a;
    const left = shape.filter((_, axis) => !over.includes(axis));
    if (over.length > 1 && left.length > 0) {
      // One axis at a time, the last first, so that the positions of the others stay.
      const last = Math.max(...over);
      return this.reduce(
        fn,
        this.reduce(fn, a, [last]),
        over.filter((axis) => axis !== last),
      );
    }
    return this.intern({ op: 'reduce', fn, a, axes: over, shape: left });
  }

  sum(a: NodeId, axes?: readonly number[]): NodeId {
    return this.reduce('sum', a, axes);
  }

  mean(a: NodeId): NodeId {
    return this.multiply(this.scalar(1 / sizeOf(this.shapeOf(a))), this.sum(a));
  }

  reshape(a: NodeId, shape: Shape): NodeId {
    const from = this.shapeOf(a);
    if (sameShape(from, shape)) return a;
    if (sizeOf(from) !== sizeOf(shape)) {
      throw new DefinitionError(
        `reshape: ${showShape(from)} has ${sizeOf(from)} entries, ${showShape(shape)} has ${sizeOf(shape)}`,
      );
    }
    const node = this.graph.nodes[a];
    if (node.op === 'reshape') return this.reshape(node.a, shape);
    return this.intern({ op: 'reshape', a, shape });
  }

  transpose(a: NodeId): NodeId {
    const node = this.graph.nodes[a];
    return node.op === 'transpose' ? node.a : this.apply({ op: 'transpose', a });
  }

  matmul(a: NodeId, b: NodeId): NodeId {
    const left = this.untransposed(a);
    const right = this.untransposed(b);
    const product = { op: 'matmul', a: left.id, b: right.id, transposeA: left.flip, transposeB: right.flip } as const;
    // Sizes that do not fit are an error before anything is rewritten.
    const shape = this.resultShape(product);
    const sparse = this.sparseProduct(left, b) ?? this.sparseProductFromRight(a, right);
    if (sparse !== null) return sparse;
    if (left.flip && right.flip) return this.transpose(this.matmul(right.id, left.id));
    return this.intern({ ...product, shape });
  }

  gather(a: NodeId, indices: Int32Array, shape: Shape): NodeId {
    if (isEverything(indices, sizeOf(this.shapeOf(a)))) return this.reshape(a, shape);
    return this.sampledProduct(a, indices, shape) ?? this.intern({ op: 'gather', a, indices, shape });
  }

  scatter(a: NodeId, indices: Int32Array, shape: Shape): NodeId {
    if (isEverything(indices, sizeOf(shape))) return this.reshape(a, shape);
    return this.intern({ op: 'scatter', a, indices, shape });
  }

  /** If few entries of a product are needed, they are computed one by one. */
  private sampledProduct(a: NodeId, indices: Int32Array, shape: Shape): NodeId | null {
    const node = this.graph.nodes[this.unreshaped(a)];
    if (node.op !== 'matmul' || !isSparse(indices, node.shape)) return null;
    const rows = node.transposeA ? this.transpose(node.a) : node.a;
    const columns = node.transposeB ? node.b : this.transpose(node.b);
    const entries = this.apply({ op: 'sampledMatmul', a: rows, b: columns, indices });
    return this.reshape(entries, shape);
  }

  /** S b, if S was scattered from few entries. */
  private sparseProduct({ id, flip }: { id: NodeId; flip: boolean }, b: NodeId): NodeId | null {
    const node = this.graph.nodes[id];
    if (node.op !== 'scatter' || node.shape.length !== 2 || !isSparse(node.indices, node.shape)) return null;
    const { a, indices } = node;
    return this.apply({ op: 'sparseMatmul', a, b, indices, sparse: node.shape, transposed: flip });
  }

  /** a S = (Sᵀ aᵀ)ᵀ. */
  private sparseProductFromRight(a: NodeId, { id, flip }: { id: NodeId; flip: boolean }): NodeId | null {
    if (this.graph.nodes[id].op !== 'scatter') return null;
    const product = this.sparseProduct({ id, flip: !flip }, this.transpose(a));
    return product === null ? null : this.transpose(product);
  }

  private unreshaped(id: NodeId): NodeId {
    let at = id;
    for (let node = this.graph.nodes[id]; node.op === 'reshape'; node = this.graph.nodes[at]) at = node.a;
    return at;
  }

  convolve(a: NodeId, b: NodeId): NodeId {
    return this.apply({ op: 'convolve', a, b });
  }

  correlate(a: NodeId, b: NodeId): NodeId {
    return this.apply({ op: 'correlate', a, b });
  }

  /** x of a x = b for a symmetric positive definite matrix a; NaN throughout where its rank is not full in float64. */
  solve(a: NodeId, b: NodeId): NodeId {
    return this.apply({ op: 'solveCholesky', a: this.apply({ op: 'cholesky', a }), b });
  }

  /**
   * The node of an operation that knows the shape of its value.
   * @throws DefinitionError where the operands do not fit
   */
  apply(node: WithoutShape<Node>): NodeId {
    return this.intern({ ...node, shape: this.resultShape(node) } as Node);
  }

  private resultShape(node: WithoutShape<Node>): Shape {
    const shape = operationOf(node as Node).shape?.(node as Node, (id) => this.shapeOf(id));
    if (!shape) throw new Error(`the shape of ${node.op} is not known from its operands`);
    return shape;
  }

  private simplify(fn: BinaryFunction, a: NodeId, b: NodeId, x: number | null, y: number | null): NodeId | null {
    switch (fn) {
      case 'add':
        // Not so for 0: 0 + −0 is 0.
        return Object.is(x, -0) ? b : Object.is(y, -0) ? a : null;
      case 'subtract':
        return Object.is(y, 0) ? a : Object.is(x, -0) ? this.unary('negate', b) : null;
      case 'min':
      case 'max':
        return a === b ? a : null;
      case 'multiply':
      case 'guardedMultiply':
        if (x === 1) return b;
        if (y === 1) return a;
        if (x === -1) return this.unary('negate', b);
        if (y === -1) return this.unary('negate', a);
        return null;
      case 'divide':
        return y === 1 ? a : null;
      case 'power':
        if (y === 1) return a;
        if (y === 2) return this.multiply(a, a);
        if (y === 3) return this.multiply(a, this.multiply(a, a));
        if (y === 0) return this.ones(this.shapeOf(a));
        if (y === 4) return this.power4(a);
        return null;
      default:
        return null;
    }
  }

  private ones(shape: Shape): NodeId {
    return this.constant(new Float64Array(sizeOf(shape)).fill(1), shape);
  }

  private power4(a: NodeId): NodeId {
    const square = this.multiply(a, a);
    return this.multiply(square, square);
  }

  /** An operand of an entry-by-entry operation: scalars stay as they are, the rest is repeated to the shape. */
  private fit(a: NodeId, shape: Shape): NodeId {
    return this.shapeOf(a).length === 0 ? a : this.broadcast(a, shape);
  }

  private untransposed(id: NodeId): { id: NodeId; flip: boolean } {
    const node = this.graph.nodes[id];
    return node.op === 'transpose' ? { id: node.a, flip: true } : { id, flip: false };
  }

  private intern(node: Node): NodeId {
    const key = keyOf(node);
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const id = this.push(node);
    this.known.set(key, id);
    return id;
  }

  private push(node: Node): NodeId {
    return this.graph.nodes.push(node) - 1;
  }
}

/** Equal keys mean equal values. Large constants and index tables are not compared. */
function keyOf(node: Node): string {
  const parts = Object.entries(node).map(([field, value]) => {
    if (value instanceof Float64Array)
      return value.length === 1 ? (Object.is(value[0], -0) ? '-0' : value[0]) : `#${identity(value)}`;
    if (value instanceof Int32Array) return `#${identity(value)}`;
    return `${field}:${value}`;
  });
  return parts.join(' ');
}

const identities = new WeakMap<object, number>();
let identityCount = 0;

function identity(object: object): number {
  let known = identities.get(object);
  if (known === undefined) {
    known = identityCount++;
    identities.set(object, known);
  }
  return known;
}
