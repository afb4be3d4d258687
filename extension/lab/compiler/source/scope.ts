/** Scopes of variables during interpretation. */

import { Cell } from './cell.ts';
import type { Memory } from './memory.ts';
import type { UnknownName } from './missing.ts';

/** The value of a `let` or `const` before its declaration (temporal dead zone). */
export const UNSET = Symbol('not declared yet');

export class Variable extends Cell {
  /** The unknown property that its pattern refers to, if it is undefined for this reason. */
  missing: UnknownName | null = null;

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
    /** Resolves names that are declared outside; throws if a name is not defined. */
    private readonly outside: ((name: string) => unknown) | null = null,
  ) {}

  declare(name: string, value: unknown, kind: Variable['kind'] = 'let'): Variable {
    const variable = new Variable(value, this.memory.now, kind);
    this.names.set(name, variable);
    return variable;
  }

  /** The names that are declared inside, those of the innermost scope first. */
  known(): string[] {
    return [...this.names.keys(), ...(this.parent?.known() ?? [])];
  }

  has(name: string): boolean {
    return this.names.has(name);
  }

  own(): IterableIterator<[string, Variable]> {
    return this.names.entries();
  }

  /** The variable with the given name, or null if it is not defined. */
  find(name: string): Variable | null {
    for (let scope: Scope | null = this; scope; scope = scope.parent) {
      const known = scope.names.get(name);
      if (known) return known;
      if (scope.outside) return scope.take(name);
    }
    return null;
  }

  /** Outer names are resolved once, because the traced function cannot modify them. */
  private take(name: string): Variable | null {
    try {
      return this.declare(name, this.outside?.(name), 'outside');
    } catch (error) {
      if (error instanceof ReferenceError) return null;
      throw error;
    }
  }
}
