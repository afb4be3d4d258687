/** What the parts of the interpreter see of each other: the state of one reading, and one call of a function in it. */
import type * as acorn from 'acorn';
import type { GraphBuilder } from '../builder.ts';
import type { NodeId } from '../graph.ts';
import type { FunctionReader } from './functionSource.ts';
import { type Changes, type Mark, Memory } from './memory.ts';
import type { Missing } from './missing.ts';
import type { ParsedFunction } from './parse.ts';
import type { Scope } from './scope.ts';

/** An expression as the parser has it. */
export type Expression = acorn.Expression | acorn.Super | acorn.PrivateIdentifier;

/** Where in the user's text a node of the graph comes from. */
export interface Written {
  parsed: ParsedFunction;
  at: acorn.Node;
}

/** Sees every value of an expression. */
export type Watch = (frame: Frame, at: acorn.Node, value: unknown) => void;

/** The state of one reading: shared by the function and all that it calls. */
export class Reading {
  readonly memory = new Memory();
  /** The expression that each node of the graph was first written as. */
  readonly written = new Map<NodeId, Written>();
  /** Why an expression is `undefined`, where a name in it is not there. */
  readonly missing = new WeakMap<acorn.Node, Missing>();
  /** Functions of the user's that were parsed, with the scope around them. */
  readonly parsed = new Map<unknown, { parsed: ParsedFunction; scope: Scope }>();
  /** Traced conditions whose outcome is known on the path that is read. */
  private readonly assumed = new Map<NodeId, boolean>();
  private readonly order: NodeId[] = [];
  /** Expressions that were evaluated. */
  steps = 0;

  constructor(
    readonly g: GraphBuilder,
    readonly read: FunctionReader,
    readonly watch: Watch | null = null,
  ) {}

  /** Whether a condition holds on this path; null where it is open. */
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

  /** How many conditions are assumed; {@link forget} goes back to it. */
  get assumptions(): number {
    return this.order.length;
  }

  forget(assumptions: number): void {
    for (const test of this.order.splice(assumptions)) this.assumed.delete(test);
  }
}

/** A way in which a statement ends early. */
export interface Exit {
  kind: 'return' | 'break' | 'continue';
  label: string | null;
  value: unknown;
  /** Holds where this exit is taken and none before it in the list is; null: always. */
  guard: NodeId | null;
  /** What the call has written until then. */
  changes: Changes;
}

/** How statements ended: ways out, the first that holds being taken, and whether the next statement is reached. */
export interface Outcome {
  exits: Exit[];
  falls: boolean;
}

export const through: Outcome = { exits: [], falls: true };

/** One call of a function. */
export interface Frame {
  readonly reading: Reading;
  readonly parsed: ParsedFunction;
  /** What `this` is. */
  readonly receiver: unknown;
  /** Where the call began. */
  readonly mark: Mark;
  evaluate(at: Expression, scope: Scope): unknown;
  execute(statements: readonly acorn.Node[], scope: Scope): Outcome;
  /** Calls a function: the user's, the language's own, or one written inside. */
  call(at: acorn.Node, callee: unknown, receiver: unknown, values: unknown[], written?: readonly acorn.Node[]): unknown;
  /** @throws DefinitionError at this node */
  fail(at: acorn.Node, message: string, hint?: string | null): never;
}
