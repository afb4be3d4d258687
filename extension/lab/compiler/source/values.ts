/** The values of expressions during interpretation: plain JavaScript values, and the following. */
import type * as acorn from 'acorn';
import { show } from '../../options.ts';
import type { NodeId } from '../graph.ts';
import { Cell } from './cell.ts';
import type { ParsedFunction } from './parse.ts';
import type { Scope } from './scope.ts';

/** A number or boolean that depends on the parameters: a node of the graph (a boolean is 1 or 0). */
export class Traced {
  constructor(
    readonly id: NodeId,
    readonly kind: 'number' | 'boolean' = 'number',
  ) {}
}

/** One of two values, depending on a traced condition, that cannot be represented by a node. */
export class Choice {
  constructor(
    readonly test: NodeId,
    readonly yes: unknown,
    readonly no: unknown,
  ) {}
}

/** A function defined inside the traced function. */
export class Closure {
  constructor(
    readonly parsed: ParsedFunction,
    readonly scope: Scope,
    /** What `this` is in an arrow function; the others take theirs from the call. */
    readonly receiver: unknown,
  ) {}
}

/** An element that an array does not have: `Array(3)` has three of them. */
export const HOLE = Symbol('hole');

/** An array that the function has made, and may change. */
export class OwnArray extends Cell<unknown[] | Choice> {}

/** An object that the function has made, and may change. Accessors are {@link Getter}. */
export class OwnObject extends Cell<Record<string, unknown> | Choice> {}

/** A property that is computed when it is read. */
export class Getter {
  constructor(readonly read: Closure) {}
}

/** An empty record, whose keys come in JavaScript's order and have no other meaning. */
export function emptyRecord(): Record<string, unknown> {
  return Object.create(null);
}

/** A value in words. */
export function describeValue(value: unknown): string {
  if (value instanceof Traced) return `a ${value.kind} that depends on the parameters`;
  if (value instanceof OwnArray) return 'an array';
  if (value instanceof OwnObject) return 'an object';
  if (value instanceof Closure) return 'a function';
  if (value instanceof Choice) return describeChoice(value);
  if (typeof value === 'symbol') return 'a symbol';
  return show(value);
}

function describeChoice({ yes, no }: Choice): string {
  // Alternatives may be nested as deeply as loops make them.
  const [one, other] = [yes, no].map((value) =>
    value instanceof Choice ? 'one of several values' : describeValue(value),
  );
  return one === other ? (one as string) : `${one} or ${other}`;
}

/** A syntax node in words. */
export function describeNode(node: acorn.Node): string {
  const words: Partial<Record<string, string>> = {
    AwaitExpression: '`await`',
    ClassDeclaration: 'a class',
    ClassExpression: 'a class',
    DebuggerStatement: '`debugger`',
    ImportExpression: 'an import',
    NewExpression: '`new`',
    PrivateIdentifier: 'a private name',
    Super: '`super`',
    TaggedTemplateExpression: 'a tagged template',
    TryStatement: '`try`',
    WithStatement: '`with`',
    YieldExpression: '`yield`',
  };
  return words[node.type] ?? `a ${node.type}`;
}
