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
  /** Number of evaluated expressions. */
  steps = 0;

  constructor(
    readonly g: GraphBuilder,
    readonly read: FunctionReader,
    readonly watch: Watch | null = null,
  ) {}

  /** Whether a condition holds on the current path; null if unknown. */
  known(test: NodeId): boolean | null {
    const value = this.g.scalarValue(test);
    if (value !== null) return value !== 0;
    const known = this.assumed.get(test);
    if (known !== undefined) return known;
    const node = this.g.graph.nodes[test];
    if (node.op !== 'unary' || node.fn !== 'not') return null;
    const inner = this.known(node.a);
    return inner === null ? null : !inner;
  }

  assume(test: NodeId, holds: boolean): void {
    const node = this.g.graph.nodes[test];
    if (node.op === 'unary' && node.fn === 'not') this.assume(node.a, !holds);
    if (node.op === 'binary' && (holds ? node.fn === 'and' : node.fn === 'or')) {
      this.assume(node.a, holds);
      this.assume(node.b, holds);
    }
    if (this.assumed.has(test)) return;
    this.assumed.set(test, holds);
    this.order.push(test);
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
  execute(statements: readonly acorn.Node[], scope: Scope): Outcome;
  /** Calls a function: a user function, a built-in one, or one defined inside. */
  call(at: acorn.Node, callee: unknown, receiver: unknown, values: unknown[], written?: readonly acorn.Node[]): unknown;
  /** @throws DefinitionError at this node */
  fail(at: acorn.Node, message: string, hint?: string | null): never;
}
