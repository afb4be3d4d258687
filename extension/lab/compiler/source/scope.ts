/** Names and their variables while a function is read. */

import { Cell } from './cell.ts';
import type { Memory } from './memory.ts';
import type { Missing } from './missing.ts';

/** The value of a `let` or `const` before its declaration is reached. */
export const UNSET = Symbol('not declared yet');

export class Variable extends Cell {
  /** Why it has no value, where its pattern names what is not there. */
  missing: Missing | null = null;

  constructor(
    value: unknown,
    born: number,
    readonly kind: 'let' | 'const' | 'function name' | 'outside',
  ) {
    super(value, born);
  }
}

export class Scope {
  private readonly names = new Map<string, Variable>();

  constructor(
    readonly parent: Scope | null,
    private readonly memory: Memory,
    /** Where names that are not declared inside come from; throws where there is none. */
    private readonly outside: ((name: string) => unknown) | null = null,
  ) {}

  declare(name: string, value: unknown, kind: Variable['kind'] = 'let'): Variable {
    const variable = new Variable(value, this.memory.now, kind);
    this.names.set(name, variable);
    return variable;
  }

  has(name: string): boolean {
    return this.names.has(name);
  }

  own(): IterableIterator<[string, Variable]> {
    return this.names.entries();
  }

  /** The variable of a name, or null where nobody knows it. */
  find(name: string): Variable | null {
    for (let scope: Scope | null = this; scope; scope = scope.parent) {
      const known = scope.names.get(name);
      if (known) return known;
      if (scope.outside) return scope.take(name);
    }
    return null;
  }

  /** A name from outside is read once: nothing that is read can change it. */
  private take(name: string): Variable | null {
    try {
      return this.declare(name, this.outside?.(name), 'outside');
    } catch (error) {
      if (error instanceof ReferenceError) return null;
      throw error;
    }
  }
}
