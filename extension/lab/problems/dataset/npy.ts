/**
 * NumPy's array files (format 1.0 to 3.0). A reader of our own: the format is a page, and the packages for it bring
 * network access or WebAssembly that a lab file does not need.
 */

import { type Shape, sizeOf } from '../../compiler/shape.ts';
import { DefinitionError } from '../../errors.ts';

export interface NpyArray {
  shape: Shape;
  /** Row-major. */
  values: Float64Array;
}

type Read = (view: DataView, at: number, little: boolean) => number;

/** Kinds of numbers by NumPy's letter and size in bytes. */
const readers: Partial<Record<string, Read>> = {
  b1: (view, at) => view.getUint8(at),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  f2: (view, at, little) => halfFloat(view.getUint16(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
};

/**
 * @param file names the array in messages
 * @throws DefinitionError for a file of another kind, or entries that are no real numbers
 */
export function readNpy(bytes: Uint8Array, file: string): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isNpy = bytes.length >= 10 && bytes[0] === 0x93 && new TextDecoder().decode(bytes.subarray(1, 6)) === 'NUMPY';
  if (!isNpy) throw new DefinitionError(`${file} is no .npy file`, { hint: 'Write it with numpy.save.' });
  const isLong = bytes[6] >= 2;
  const start = isLong ? 12 : 10;
  const end = start + (isLong ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, end));
  const descr = /'descr':\s*'([<>|=])(\w+)'/.exec(header);
  const shapeText = /'shape':\s*\(([^)]*)\)/.exec(header);
  const read = descr && readers[descr[2]];
  if (!descr || !shapeText || !read) {
    const kind = /'descr':\s*([^,]+),/.exec(header)?.[1] ?? 'unknown';
    throw new DefinitionError(`${file} has entries of kind ${kind}: they must be real numbers`, {
      hint: 'Convert with array.astype(numpy.float64) before numpy.save.',
    });
  }
  const shape = shapeText[1]
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const size = sizeOf(shape);
  const width = Number(descr[2].slice(1));
  if (bytes.length < end + size * width) {
    throw new DefinitionError(
      `${file} is cut short: ${size} entries need ${size * width} bytes, it has ${bytes.length - end}`,
    );
  }
  const stored = Float64Array.from({ length: size }, (_, i) => read(view, end + i * width, descr[1] !== '>'));
  return { shape, values: /'fortran_order':\s*True/.test(header) ? rowMajor(stored, shape) : stored };
}

/** From column-major order, where the first axis runs fastest. */
function rowMajor(stored: Float64Array, shape: Shape): Float64Array {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  return stored.map((_, position) => {
    let rest = position;
    let from = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += (rest % shape[axis]) * strides[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    return stored[from];
  });
}

/** IEEE 754 binary16. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
