/**
 * Canonical encoding of plain data: two values have the same bytes if and only if they are equal. Field order does not
 * matter. Numbers are compared bitwise: −0 differs from 0, and all NaN are equal.
 */

/** Arrays of numbers can be copied as they lie in memory. */
const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

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

/**
 * Reads encoded data. The bytes may come from anywhere: lengths are checked before anything is allocated.
 * @throws TypeError for bytes that {@link encode} does not write
 */
export function decode(bytes: Uint8Array): unknown {
  const source = new Source(bytes);
  const value = source.value(0);
  source.requireEnd();
  return value;
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
    out.number(value);
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

function hasNaN(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return true;
  return false;
}

/** Texts up to this length are written without the encoder, a call of which costs more than they do. */
const LONGEST_NAME = 64;

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
    if (!this.ascii(value)) {
      const text = encoder.encode(value);
      this.count(text.length);
      this.raw(text);
    }
  }

  /** Short texts of one byte for each character, as the names of fields are; false for others. */
  private ascii(value: string): boolean {
    if (value.length > LONGEST_NAME) return false;
    this.reserve(4 + value.length);
    const { bytes } = this;
    const at = this.length + 4;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code > 127) return false;
      bytes[at + i] = code;
    }
    this.count(value.length);
    this.length += value.length;
    return true;
  }

  number(value: number): void {
    this.reserve(8);
    this.view.setFloat64(this.length, Number.isNaN(value) ? Number.NaN : value, true);
    this.length += 8;
  }

  numbers(values: Float64Array): void {
    if (isLittleEndian && !hasNaN(values)) {
      this.raw(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      return;
    }
    for (const value of values) this.number(value);
  }

  private raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
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

/** Levels of nesting; more are not written by anyone. */
const DEEPEST = 64;

class Source {
  private readonly view: DataView;
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  value(depth: number): unknown {
    if (depth > DEEPEST) throw new TypeError('the data are nested too deeply');
    const tag = String.fromCharCode(this.bytes[this.take(1)]!);
    switch (tag) {
      case 'n':
        return null;
      case 't':
        return true;
      case 'f':
        return false;
      case 'd':
        return this.view.getFloat64(this.take(8), true);
      case 's':
        return this.text();
      case 'a':
        return Array.from({ length: this.count(1) }, () => this.value(depth + 1));
      case 'D': {
        const length = this.count(8);
        const from = this.take(8 * length);
        if (isLittleEndian) return new Float64Array(this.bytes.slice(from, from + 8 * length).buffer);
        return Float64Array.from({ length }, (_, i) => this.view.getFloat64(from + 8 * i, true));
      }
      case 'I': {
        const length = this.count(4);
        const from = this.take(4 * length);
        return Int32Array.from({ length }, (_, i) => this.view.getInt32(from + 4 * i, true));
      }
      case 'o': {
        const fields: [string, unknown][] = Array.from({ length: this.count(5) }, () => [
          this.text(),
          this.value(depth + 1),
        ]);
        // Also a field named `__proto__` becomes a field.
        return Object.fromEntries(fields);
      }
      default:
        throw new TypeError('these bytes are not encoded data');
    }
  }

  requireEnd(): void {
    if (this.at !== this.bytes.length) throw new TypeError('there are bytes after the encoded data');
  }

  /** The position of the next bytes, which are taken. */
  private take(length: number): number {
    if (this.at + length > this.bytes.length) throw new TypeError('the encoded data are cut off');
    this.at += length;
    return this.at - length;
  }

  /** A number of items that take at least `width` bytes each. */
  private count(width: number): number {
    const count = this.view.getInt32(this.take(4), true);
    if (count < 0 || this.at + width * count > this.bytes.length) throw new TypeError('the encoded data are cut off');
    return count;
  }

  private text(): string {
    const length = this.count(1);
    const from = this.take(length);
    return decoder.decode(this.bytes.subarray(from, from + length));
  }
}
