/** Names and their values while a function is read; both sides of a traced `if` start from one state of the names. */

interface Binding {
  value: unknown;
  constant: boolean;
}

export class Scope {
  private names = new Map<string, Binding>();

  constructor(
    private readonly parent: Scope | null,
    /** Where names that are not declared inside come from. */
    private readonly outside: ((name: string) => unknown) | null = null,
  ) {}

  declare(name: string, value: unknown, constant: boolean): void {
    this.names.set(name, { value, constant });
  }

  get(name: string): unknown {
    const owner = this.owner(name);
    if (owner) return owner.names.get(name)?.value;
    return this.root().outside?.(name);
  }

  /** Whether an assignment went through: not to a constant, nor to a name from outside. */
  set(name: string, value: unknown): boolean {
    const binding = this.owner(name)?.names.get(name);
    if (!binding || binding.constant) return false;
    binding.value = value;
    return true;
  }

  /** The values of all names that can be assigned here. */
  snapshot(): Map<Binding, unknown> {
    const values = new Map<Binding, unknown>();
    for (let scope: Scope | null = this; scope; scope = scope.parent) {
      for (const binding of scope.names.values()) if (!binding.constant) values.set(binding, binding.value);
    }
    return values;
  }

  static restore(snapshot: ReadonlyMap<Binding, unknown>): void {
    for (const [binding, value] of snapshot) binding.value = value;
  }

  private owner(name: string): Scope | null {
    if (this.names.has(name)) return this;
    return this.parent ? this.parent.owner(name) : null;
  }

  private root(): Scope {
    return this.parent ? this.parent.root() : this;
  }
}
