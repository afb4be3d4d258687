/** Prints nodes of a graph as lines of Python. What is used once is written where it is used, if it is short. */
import { type Graph, type Node, type NodeId, operands, reachable } from '../../lab/compiler/graph.ts';
import { broadcastShapes, type Shape, sameShape, sizeOf } from '../../lab/compiler/shape.ts';
import { DefinitionError } from '../../lab/errors.ts';
import { pythonArray, pythonFloat, pythonNumber, pythonTuple } from '../literals.ts';
import { atom, Binding, bracketed, type Expression } from './expression.ts';
import { binaryNames, relations, unaryNames } from './functions.ts';

/** Longest expression that is written into another one. */
const LONGEST = 60;

export interface PrintedNodes {
  /** Assignments to temporary names. */
  lines: string[];
  /** One expression for each output, of the shape of its node. */
  outputs: string[];
}

/**
 * @param names of states and of other nodes that are known
 * @param isFree whether a temporary may have a name
 */
export function printNodes(
  graph: Graph,
  outputs: readonly NodeId[],
  names: ReadonlyMap<NodeId, string>,
  isFree: (name: string) => boolean,
): PrintedNodes {
  const printer = new NodePrinter(graph, outputs, names, isFree);
  return { lines: printer.lines, outputs: outputs.map((id) => printer.whole(id)) };
}

class NodePrinter {
  readonly lines: string[] = [];
  private readonly known = new Map<NodeId, Expression>();
  private temporaries = 0;

  constructor(
    private readonly graph: Graph,
    outputs: readonly NodeId[],
    names: ReadonlyMap<NodeId, string>,
    private readonly isFree: (name: string) => boolean,
  ) {
    for (const [id, name] of names) this.known.set(id, atom(name, this.nodeOf(id).shape));
    const order = [...reachable(graph, outputs, (id) => names.has(id))].sort((a, b) => a - b);
    const uses = new Map<NodeId, number>();
    const use = (id: NodeId) => uses.set(id, (uses.get(id) ?? 0) + 1);
    for (const id of order) if (!this.known.has(id)) operands(this.nodeOf(id)).forEach(use);
    outputs.forEach(use);
    for (const id of order) {
      if (this.known.has(id)) continue;
      const expression = this.print(this.nodeOf(id));
      const isSimple = expression.binding === Binding.Atom && expression.text.length <= 12;
      const isInline = isSimple || ((uses.get(id) ?? 0) <= 1 && expression.text.length <= LONGEST);
      this.known.set(id, isInline ? expression : this.assign(expression));
    }
  }

  /** An output, repeated to its shape. */
  whole(id: NodeId): string {
    return this.repeated(id).text;
  }

  private assign(expression: Expression): Expression {
    let name: string;
    do name = `t${++this.temporaries}`;
    while (!this.isFree(name));
    this.lines.push(`${name} = ${expression.text}`);
    return { ...atom(name, expression.shape), ...(expression.isTruth ? { isTruth: true } : {}) };
  }

  private nodeOf(id: NodeId): Node {
    return this.graph.nodes[id]!;
  }

  private at(id: NodeId): Expression {
    const known = this.known.get(id);
    if (!known) throw new Error(`node ${id} comes before its operands`);
    return known;
  }

  /** As a number: a condition becomes 1 or 0. */
  private number(id: NodeId): Expression {
    const expression = this.at(id);
    if (!expression.isTruth) return expression;
    return atom(`xp.where(${expression.text}, 1.0, 0.0)`, expression.shape);
  }

  /** As a condition. */
  private condition(id: NodeId): Expression {
    const expression = this.at(id);
    if (expression.isTruth) return expression;
    const text = `${bracketed(expression, Binding.Sum)} != 0`;
    return { text, binding: Binding.Relation, shape: expression.shape, isTruth: true };
  }

  /** As an array of the node's own shape. */
  private repeated(id: NodeId): Expression {
    const expression = this.number(id);
    const { shape } = this.nodeOf(id);
    if (sameShape(expression.shape, shape)) return expression;
    const isLiteral = expression.shape.length === 0 && !Number.isNaN(Number(expression.text));
    const size = pythonTuple(shape);
    const text = isLiteral
      ? `xp.full(${size}, ${pythonFloat(Number(expression.text))})`
      : `xp.broadcast_to(${expression.text}, ${size})`;
    return atom(text, shape);
  }

  private print(node: Node): Expression {
    switch (node.op) {
      case 'constant':
        return this.constant(node.values, node.shape);
      case 'unary':
        return this.unary(node);
      case 'binary':
        return this.binary(node);
      case 'select': {
        const [condition, a, b] = [this.condition(node.condition), this.number(node.a), this.number(node.b)];
        const shape = [a, b].reduce((one, { shape: other }) => broadcastShapes(one, other, 'select'), condition.shape);
        return atom(`xp.where(${condition.text}, ${a.text}, ${b.text})`, shape);
      }
      // NumPy repeats operands by itself, as the graph does.
      case 'broadcast':
        return this.number(node.a);
      case 'reshape':
        return this.reshaped(this.repeated(node.a), node.shape);
      case 'transpose':
        return atom(`${bracketed(this.repeated(node.a), Binding.Atom)}.T`, node.shape);
      case 'gather': {
        const a = bracketed(this.repeated(node.a), Binding.Relation);
        return this.reshaped(atom(`xp.ravel(${a})[${positions(node.indices)}]`, [node.indices.length]), node.shape);
      }
      case 'scatter':
        return this.scattered(this.repeated(node.a).text, node.indices, node.shape);
      case 'matmul':
        return this.product(this.repeated(node.a), node.transposeA, this.repeated(node.b), node.transposeB, node.shape);
      case 'sampledMatmul': {
        const [rows, columns] = [this.repeated(node.a), this.repeated(node.b)];
        const whole = this.product(rows, false, columns, true, [rows.shape[0]!, columns.shape[0]!]);
        return atom(`xp.ravel(${whole.text})[${positions(node.indices)}]`, node.shape);
      }
      case 'sparseMatmul': {
        const matrix = this.scattered(this.repeated(node.a).text, node.indices, node.sparse);
        return this.product(matrix, node.transposed, this.repeated(node.b), false, node.shape);
      }
      case 'reduce': {
        const isAll = node.shape.length === 0;
        const axis = isAll ? '' : `, axis=${node.axes.length === 1 ? node.axes[0] : pythonTuple(node.axes)}`;
        return atom(`xp.${node.fn}(${this.repeated(node.a).text}${axis})`, node.shape);
      }
      case 'convolve':
      case 'correlate':
        return atom(`${node.op}(${this.repeated(node.a).text}, ${this.repeated(node.b).text})`, node.shape);
      default:
        throw new DefinitionError(`the operation '${node.op}' has no form in Python yet`);
    }
  }

  private constant(values: Float64Array, shape: Shape): Expression {
    const isUniform = values.every((value) => Object.is(value, values[0]));
    if (!isUniform) return atom(pythonArray(values, shape), shape);
    const text = pythonNumber(values[0]!);
    return { text, binding: text.startsWith('-') ? Binding.Sign : Binding.Atom, shape: [] };
  }

  private unary({ fn, a }: Node & { op: 'unary' }): Expression {
    const operand = this.number(a);
    const { shape } = operand;
    if (fn === 'negate') return { text: `-${bracketed(operand, Binding.Sign)}`, binding: Binding.Sign, shape };
    if (fn === 'not') {
      return { text: `${bracketed(operand, Binding.Sum)} == 0`, binding: Binding.Relation, shape, isTruth: true };
    }
    if (fn === 'softplus') return atom(`xp.logaddexp(0.0, ${operand.text})`, shape);
    return atom(`${unaryNames[fn]}(${operand.text})`, shape);
  }

  private binary({ fn, a: left, b: right }: Node & { op: 'binary' }): Expression {
    if (fn === 'and' || fn === 'or') {
      const [a, b] = [this.condition(left), this.condition(right)];
      const shape = broadcastShapes(a.shape, b.shape, fn);
      return {
        ...atom(`(${a.text}) ${fn === 'and' ? '&' : '|'} (${b.text})`, shape),
        binding: Binding.Relation,
        isTruth: true,
      };
    }
    const [a, b] = [this.number(left), this.number(right)];
    const shape = broadcastShapes(a.shape, b.shape, fn);
    const infix = (binding: Binding, symbol: string, onRight: Binding): Expression => ({
      text: `${bracketed(a, binding)} ${symbol} ${bracketed(b, onRight)}`,
      binding,
      shape,
    });
    if (relations[fn]) {
      const text = `${bracketed(a, Binding.Sum)} ${relations[fn]} ${bracketed(b, Binding.Sum)}`;
      return { text, binding: Binding.Relation, shape, isTruth: true };
    }
    switch (fn) {
      case 'add':
        if (left === right) return { text: `2 * ${bracketed(a, Binding.Product)}`, binding: Binding.Product, shape };
        return infix(Binding.Sum, '+', Binding.Product);
      case 'subtract':
        return infix(Binding.Sum, '-', Binding.Product);
      case 'multiply': {
        const square = `${a.text}**2`;
        if (left === right && a.binding === Binding.Atom) return { text: square, binding: Binding.Power, shape };
        // The compiler's cube is x · x².
        const isCube = a.binding === Binding.Atom && b.text === square;
        if (isCube) return { text: `${a.text}**3`, binding: Binding.Power, shape };
        return infix(Binding.Product, '*', Binding.Sign);
      }
      case 'divide':
        return infix(Binding.Product, '/', Binding.Sign);
      case 'power':
        return {
          text: `${bracketed(a, Binding.Atom)}**${bracketed(b, Binding.Sign)}`,
          binding: Binding.Power,
          shape,
        };
      default:
        return atom(`${binaryNames[fn]}(${a.text}, ${b.text})`, shape);
    }
  }

  private reshaped(a: Expression, shape: Shape): Expression {
    if (sameShape(a.shape, shape)) return a;
    if (shape.length === 1 && sizeOf(a.shape) === shape[0]) return atom(`xp.ravel(${a.text})`, shape);
    return atom(`xp.reshape(${a.text}, ${pythonTuple(shape)})`, shape);
  }

  private scattered(a: string, indices: Int32Array, shape: Shape): Expression {
    return atom(`scatter(${a}, ${positions(indices)}, ${pythonTuple(shape)})`, shape);
  }

  private product(a: Expression, flipA: boolean, b: Expression, flipB: boolean, shape: Shape): Expression {
    const side = (operand: Expression, flip: boolean, least: Binding) =>
      flip ? `${bracketed(operand, Binding.Atom)}.T` : bracketed(operand, least);
    return {
      text: `${side(a, flipA, Binding.Product)} @ ${side(b, flipB, Binding.Sign)}`,
      binding: Binding.Product,
      shape,
    };
  }
}

/** Index tables that are evenly spaced are written as ranges. */
function positions(indices: Int32Array): string {
  const [first = 0, second = first + 1] = indices;
  const by = second - first;
  const isRange = by > 0 && indices.every((index, i) => index === first + i * by);
  if (isRange) return `np.arange(${first}, ${first + by * indices.length}${by === 1 ? '' : `, ${by}`})`;
  return `np.array([${indices.join(', ')}])`;
}
