/** What an expression of the user's function can be while it is read: plain JavaScript values, and traced ones. */
import type { NodeId } from '../graph.ts';
import type { ParsedFunction } from './parse.ts';
import type { Scope } from './scope.ts';

/** A value that depends on the parameters: a node of the graph. */
export class Traced {
  constructor(readonly id: NodeId) {}
}

/** A function written inside the function that is read. */
export class Closure {
  constructor(
    readonly parsed: ParsedFunction,
    readonly scope: Scope,
  ) {}
}
