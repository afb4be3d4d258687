/** Numbers of a user's function while it is read: plain ones are computed, traced ones become nodes of the graph. */
import type * as acorn from 'acorn';
import { DefinitionError } from '../../errors.ts';
import { show } from '../../options.ts';
import type { GraphBuilder } from '../builder.ts';
import type { BinaryFunction } from '../functions.ts';
import type { NodeId } from '../graph.ts';
import { type ParsedFunction, placeOf } from './parse.ts';
import { Traced } from './values.ts';

/** Nodes that one function may become. */
const LARGEST_GRAPH = 200_000;

const binaryOperators: Partial<Record<string, BinaryFunction>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '%': 'remainder',
  '**': 'power',
  '<': 'less',
  '<=': 'lessEqual',
  '>': 'greater',
  '>=': 'greaterEqual',
  '==': 'equal',
  '===': 'equal',
  '!=': 'notEqual',
  '!==': 'notEqual',
};

/** A traced value or a plain number as a node. */
export function toNode(g: GraphBuilder, value: unknown): NodeId | null {
  if (value instanceof Traced) return value.id;
  if (typeof value === 'number') return g.scalar(value);
  if (typeof value === 'boolean') return g.scalar(value ? 1 : 0);
  return null;
}

/** Arithmetic within one function; errors are at the expression that is read. */
export class Arithmetic {
  constructor(
    protected readonly g: GraphBuilder,
    protected readonly parsed: ParsedFunction,
  ) {}

  protected fail(node: acorn.Node, message: string, hint: string | null = null): never {
    throw new DefinitionError(message, { place: placeOf(this.parsed, node), hint });
  }

  /** What a variable is after a traced condition. */
  protected merge(node: acorn.Node, test: Traced, a: unknown, b: unknown): unknown {
    const [left, right] = [toNode(this.g, a), toNode(this.g, b)];
    if (left !== null && right !== null) return new Traced(this.g.select(test.id, left, right));
    if (a === undefined || b === undefined)
      return this.fail(node, 'one branch has no value', 'Give both branches a number.');
    return this.fail(node, `the two branches give ${show(a)} and ${show(b)}: both must be numbers`);
  }

  protected arithmetic(node: acorn.Expression, operator: string, a: unknown, b: unknown): unknown {
    const fn = binaryOperators[operator];
    if (!fn) return this.fail(node, `\`${operator}\` cannot be differentiated`);
    if (!(a instanceof Traced) && !(b instanceof Traced) && (operator.startsWith('==') || operator.startsWith('!='))) {
      return operator.startsWith('=') ? a === b : a !== b;
    }
    const [left, right] = [this.operand(node, a), this.operand(node, b)];
    const id = this.checked(node, () => this.g.binary(fn, left, right));
    const plain = a instanceof Traced || b instanceof Traced ? null : this.g.scalarValue(id);
    if (plain === null) return new Traced(id);
    return '<>'.includes(operator[0]) ? plain !== 0 : plain;
  }

  protected operand(node: acorn.Node, value: unknown): NodeId {
    const id = toNode(this.g, value);
    if (id !== null) return id;
    if (value === undefined)
      return this.fail(node, 'one side has no value', 'Is a name misspelt, or a parameter missing?');
    return this.fail(node, `one side is ${show(value)}, not a number`);
  }

  /** Runs a step of building the graph: a shape that does not fit is an error at `node`. */
  protected checked<T>(node: acorn.Node, build: () => T): T {
    if (this.g.graph.nodes.length > LARGEST_GRAPH) {
      this.fail(node, `this function needs more than ${LARGEST_GRAPH} operations`, 'Make its loops shorter.');
    }
    try {
      return build();
    } catch (error) {
      if (error instanceof DefinitionError && !error.place) this.fail(node, error.message, error.hint);
      throw error;
    }
  }
}
