/** A cache of the most recently used entries. */
export class Recent<Key, Value> {
  private readonly entries = new Map<Key, Value>();

  constructor(private readonly most: number) {}

  /** The value of a key, created if it is missing. */
  get(key: Key, make: () => Value): Value {
    const known = this.entries.get(key);
    const value = known ?? make();
    // Move the entry to the end: the least recently used one is evicted first.
    if (known !== undefined) this.entries.delete(key);
    this.entries.set(key, value);
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.most) break;
      this.entries.delete(oldest);
    }
    return value;
  }
}
