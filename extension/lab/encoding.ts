/**
 * Canonical encoding of plain data: two values have the same bytes if and only if they are equal. Field order does not
 * matter. Numbers are compared bitwise: −0 differs from 0, and all NaN are equal.
 */

const encoder = new TextEncoder();

/**
 * @param value null, booleans, numbers, strings, arrays, Float64Array, Int32Array, and objects of these; undefined
 * fields are ignored
 * @throws TypeError for anything else
 */
export function encode(value: unknown): Uint8Array {
  const out = new Bytes();
  write(out, value);
  return out.taken();
}

/** Whether two values are equal plain data. */
export function isSameData(a: unknown, b: unknown): boolean {
  const [left, right] = [encode(a), encode(b)];
  return left.length === right.length && left.every((byte, i) => byte === right[i]);
}

function write(out: Bytes, value: unknown): void {
  if (value === null) out.tag('n');
  else if (typeof value === 'boolean') out.tag(value ? 't' : 'f');
  else if (typeof value === 'number') {
    out.tag('d');
    out.numbers(Float64Array.of(value));
  } else if (typeof value === 'string') {
    out.tag('s');
    out.text(value);
  } else if (Array.isArray(value)) {
    out.tag('a');
    out.count(value.length);
    for (const item of value) write(out, item);
  } else if (value instanceof Float64Array) {
    out.tag('D');
    out.count(value.length);
    out.numbers(value);
  } else if (value instanceof Int32Array) {
    out.tag('I');
    out.count(value.length);
    for (const item of value) out.count(item);
  } else if (typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value))) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    fields.sort(([a], [b]) => (a < b ? -1 : 1));
    out.tag('o');
    out.count(fields.length);
    for (const [name, field] of fields) {
      out.text(name);
      write(out, field);
    }
  } else {
    throw new TypeError(`${typeof value === 'object' ? value?.constructor?.name : typeof value} is not plain data`);
  }
}

/** A growable byte buffer; numbers are little-endian on every machine. */
class Bytes {
  private bytes = new Uint8Array(256);
  private view = new DataView(this.bytes.buffer);
  private length = 0;

  tag(letter: string): void {
    this.reserve(1);
    this.bytes[this.length++] = letter.charCodeAt(0);
  }

  /** A 32-bit integer. */
  count(value: number): void {
    this.reserve(4);
    this.view.setInt32(this.length, value, true);
    this.length += 4;
  }

  text(value: string): void {
    const text = encoder.encode(value);
    this.count(text.length);
    this.reserve(text.length);
    this.bytes.set(text, this.length);
    this.length += text.length;
  }

  numbers(values: Float64Array): void {
    this.reserve(8 * values.length);
    for (const value of values) {
      this.view.setFloat64(this.length, Number.isNaN(value) ? Number.NaN : value, true);
      this.length += 8;
    }
  }

  taken(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = new Uint8Array(2 * (this.length + more));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }
}
