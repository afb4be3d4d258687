/** Frees what was received from the message it came in. */

/**
 * Gives each typed array in plain data, which was deserialized from bytes, memory of its own, in place. Node makes them
 * views of all bytes that arrived together, and whoever sends such a view on to a thread or a webview sends all of them:
 * the cells of a sweep would take time and memory that grow with the square of their number.
 * @returns the value
 */
export function withOwnArrays<Value>(value: Value): Value {
  return new Owner().own(value) as Value;
}

class Owner {
  private readonly seen = new Set<object>();
  private readonly copies = new Map<ArrayBufferView, ArrayBufferView>();

  own(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (ArrayBuffer.isView(value)) return this.ownView(value);
    if (this.seen.has(value)) return value;
    this.seen.add(value);
    if (value instanceof Map) for (const [key, entry] of value) value.set(key, this.own(entry));
    else if (Array.isArray(value)) for (let i = 0; i < value.length; i++) this.ownEntry(value, i, value[i]);
    else for (const key of Object.keys(value)) this.ownEntry(value, key, (value as Record<string, unknown>)[key]);
    return value;
  }

  private ownEntry(parent: object, key: string | number, entry: unknown): void {
    if (typeof entry !== 'object' || entry === null) return;
    const own = this.own(entry);
    // Not by assignment, for the name may be `__proto__`.
    if (own !== entry)
      Object.defineProperty(parent, key, { value: own, enumerable: true, configurable: true, writable: true });
  }

  private ownView(view: ArrayBufferView): ArrayBufferView {
    if (view.byteLength === view.buffer.byteLength || view instanceof DataView) return view;
    // A buffer's own `slice` would be a view.
    const copy = this.copies.get(view) ?? Uint8Array.prototype.slice.call(view);
    this.copies.set(view, copy);
    return copy;
  }
}
