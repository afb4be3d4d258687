/** The state shared by the parts of the interpreter: one interpretation, and one function call in it. */
import type * as acorn from 'acorn';
import type { GraphBuilder } from '../builder.ts';
import type { NodeId } from '../graph.ts';
import type { FunctionReader } from './functionSource.ts';
import { type Changes, type Mark, Memory } from './memory.ts';
import type { UnknownName } from './missing.ts';
import type { ParsedFunction } from './parse.ts';
import type { Scope } from './scope.ts';

/** An expression of the syntax tree. */
export type Expression = acorn.Expression | acorn.Super | acorn.PrivateIdentifier;

/** The source location of a graph node. */
export interface Written {
  parsed: ParsedFunction;
  at: acorn.Node;
}

/** Observes the value of every expression. */
export type Watch = (frame: Frame, at: acorn.Node, value: unknown) => void;

/** The state of one interpretation, shared by the function and all functions that it calls. */
export class Reading {
  readonly memory = new Memory();
  /** The expression that first created each graph node. */
  readonly written = new Map<NodeId, Written>();
  /** The unknown name that makes an expression `undefined`. */
  readonly missing = new WeakMap<acorn.Node, UnknownName>();
  /** The parsed user functions, with their outer scope. */
  readonly parsed = new Map<unknown, { parsed: ParsedFunction; scope: Scope }>();
  /** Traced conditions whose value is known on the current path. */
  private readonly assumed = new Map<NodeId, boolean>();
  private readonly order: NodeId[] = [];
  /** Number of evaluated expressions, and of what counts like one; see `budget.ts`. */
  operations = 0;
  /** Levels of nesting of what is evaluated now. */
  depth = 0;
  /** The expression evaluated last. */
  at: { frame: Frame; node: acorn.Node } | null = null;

  constructor(
    readonly g: GraphBuilder,
    readonly read: FunctionReader,
    readonly watch: Watch | null = null,
  ) {}

  /** Whether a condition holds on the current path; null if unknown. */
  known(test: NodeId): boolean | null {
    const value = this.g.scalarValue(test);
    if (value !== null) return value !== 0;
    // Without recursion: a loop may negate or combine a condition thousands of times.
    let isNegated = false;
    for (let id = test; ; isNegated = !isNegated) {
      const known = this.assumed.get(id);
      if (known !== undefined) return known !== isNegated;
      const node = this.g.graph.nodes[id];
      if (node.op !== 'unary' || node.fn !== 'not') return null;
      id = node.a;
      const inner = this.g.scalarValue(id);
      if (inner !== null) return (inner !== 0) === isNegated;
    }
  }

  assume(test: NodeId, holds: boolean): void {
    const open: [NodeId, boolean][] = [[test, holds]];
    for (let next = open.pop(); next; next = open.pop()) {
      const [id, isTrue] = next;
      const known = this.assumed.has(id);
      const node = this.g.graph.nodes[id];
      if (!known) {
        this.assumed.set(id, isTrue);
        this.order.push(id);
      }
      if (node.op === 'unary' && node.fn === 'not') open.push([node.a, !isTrue]);
      if (node.op === 'binary' && (isTrue ? node.fn === 'and' : node.fn === 'or'))
        open.push([node.b, isTrue], [node.a, isTrue]);
    }
  }

  /** Number of assumed conditions; pass it to {@link forget} to restore this state. */
  get assumptions(): number {
    return this.order.length;
  }

  forget(assumptions: number): void {
    for (const test of this.order.splice(assumptions)) this.assumed.delete(test);
  }
}

/** An early exit from a statement. */
export interface Exit {
  kind: 'return' | 'break' | 'continue';
  label: string | null;
  value: unknown;
  /** True if this exit is taken and no earlier one in the list; null: always. */
  guard: NodeId | null;
  /** The writes of the call up to the exit. */
  changes: Changes;
}

/**
 * The outcome of statements: possible exits, of which the first with a true guard is taken, and whether the next
 * statement can be reached.
 */
export interface Outcome {
  exits: Exit[];
  continues: boolean;
}

export const fallThrough: Outcome = { exits: [], continues: true };

/** One call of a function. */
export interface Frame {
  readonly reading: Reading;
  readonly parsed: ParsedFunction;
  /** What `this` is. */
  readonly receiver: unknown;
  /** The memory at the start of the call. */
  readonly mark: Mark;
  evaluate(at: Expression, scope: Scope): unknown;
  /** Counts and shows an expression that was evaluated as a part of another one. */
  evaluated(at: acorn.Node, value: unknown): void;
  execute(statements: readonly acorn.Node[], scope: Scope): Outcome;
  /** Calls a function: a user function, a built-in one, or one defined inside. */
  call(at: acorn.Node, callee: unknown, receiver: unknown, values: unknown[], written?: readonly acorn.Node[]): unknown;
  /**
   * @param instead what may be written in place of the node
   * @throws DefinitionError at this node
   */
  fail(at: acorn.Node, message: string, hint?: string | null, instead?: string | null): never;
}
