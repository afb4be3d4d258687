/** Arrays in NumPy's format (npy, version 1.0 or 2.0), which `numpy.load` reads without pickle. */

/** Values of one type, row-major. */
export interface NamedArray {
  /** As `numpy.load(…)` names it. */
  name: string;
  shape: readonly number[];
  values: Float64Array | BigInt64Array | readonly string[] | readonly boolean[];
}

/** Bytes that the header is padded to a multiple of. */
const ALIGNMENT = 64;
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** An array as a file: float64, int64, bool, or text of the longest length. */
export function npy({ shape, values }: NamedArray): Uint8Array {
  const [type, data] = contentOf(values);
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const isLong = header.length > 0xff00;
  const start = MAGIC.length + 2 + (isLong ? 4 : 2);
  const padded = Math.ceil((start + header.length + 1) / ALIGNMENT) * ALIGNMENT - start;
  const bytes = new Uint8Array(start + padded + data.byteLength);
  const view = new DataView(bytes.buffer);
  bytes.set([...MAGIC, isLong ? 2 : 1, 0]);
  if (isLong) view.setUint32(8, padded, true);
  else view.setUint16(8, padded, true);
  bytes.set(new TextEncoder().encode(`${header.padEnd(padded - 1)}\n`), start);
  bytes.set(data, start + padded);
  return bytes;
}

/** The type as NumPy writes it, and the numbers as bytes, the least significant first. */
function contentOf(values: NamedArray['values']): [type: string, data: Uint8Array] {
  if (values instanceof Float64Array) return ['<f8', bytesOf(values)];
  if (values instanceof BigInt64Array) return ['<i8', bytesOf(values)];
  if (values.every((value) => typeof value === 'boolean')) {
    return values.length > 0 ? ['|b1', Uint8Array.from(values, Number)] : ['<U1', new Uint8Array(0)];
  }
  const texts = values.map((text) => Array.from(String(text), (character) => character.codePointAt(0)!));
  const longest = texts.reduce((most, { length }) => Math.max(most, length), 1);
  const codes = new Uint32Array(longest * texts.length);
  for (const [i, text] of texts.entries()) codes.set(text, i * longest);
  return [`<U${longest}`, bytesOf(codes)];
}

/** All machines that Node runs on that matter store the least significant byte first; others are turned. */
function bytesOf(values: Float64Array | BigInt64Array | Uint32Array): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] === 1) return bytes;
  const turned = new Uint8Array(bytes);
  for (let at = 0; at < turned.length; at += values.BYTES_PER_ELEMENT) {
    turned.subarray(at, at + values.BYTES_PER_ELEMENT).reverse();
  }
  return turned;
}
