/** Frees typed arrays in plain data, which was deserialized from bytes, from the message that they came in. */

type TypedArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

/**
 * Gives each typed array memory of its own, in place. Node makes them views of all bytes that arrived together, and
 * whoever sends such a view on to a thread sends all of them: the cells of a sweep would take time and memory that grow
 * with the square of their number.
 * @returns the value
 */
export function withOwnArrays<Value>(value: Value): Value {
  return new Replacement((view) =>
    // A buffer's own `slice` would be a view.
    view.byteLength === view.buffer.byteLength ? view : Uint8Array.prototype.slice.call(view),
  ).in(value) as Value;
}

/**
 * Makes all typed arrays views of one buffer that holds nothing else, in place. VS Code sends each buffer to a webview
 * whole, and as a part of its own: neither may it hold what is not meant, nor may there be thousands.
 * @returns the value
 */
export function inOneBuffer<Value>(value: Value): Value {
  let bytes = 0;
  const places = new Map<TypedArray, number>();
  new Replacement((view) => {
    places.set(view, bytes);
    bytes += Math.ceil(view.byteLength / ALIGNMENT) * ALIGNMENT;
    return view;
  }).in(value);
  const buffer = new ArrayBuffer(bytes);
  return new Replacement((view) => {
    const copy = new (view.constructor as Float64ArrayConstructor)(buffer, places.get(view), view.length);
    copy.set(view);
    return copy;
  }).in(value) as Value;
}

/** Bytes of the widest entry. */
const ALIGNMENT = 8;

/** Replaces the typed arrays in plain data. */
class Replacement {
  private readonly seen = new Set<object>();
  private readonly replaced = new Map<TypedArray, TypedArray>();

  constructor(private readonly replace: (view: TypedArray) => TypedArray) {}

  in(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (ArrayBuffer.isView(value)) return value instanceof DataView ? value : this.of(value as TypedArray);
    if (this.seen.has(value)) return value;
    this.seen.add(value);
    if (value instanceof Map) for (const [key, entry] of value) value.set(key, this.in(entry));
    else if (Array.isArray(value)) for (let i = 0; i < value.length; i++) this.inEntry(value, i, value[i]);
    else for (const key of Object.keys(value)) this.inEntry(value, key, (value as Record<string, unknown>)[key]);
    return value;
  }

  private inEntry(parent: object, key: string | number, entry: unknown): void {
    if (typeof entry !== 'object' || entry === null) return;
    const value = this.in(entry);
    // Not by assignment, for the name may be `__proto__`.
    if (value !== entry)
      Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
  }

  /** What is shared stays shared. */
  private of(view: TypedArray): TypedArray {
    const replaced = this.replaced.get(view) ?? this.replace(view);
    this.replaced.set(view, replaced);
    return replaced;
  }
}
