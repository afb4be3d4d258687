/**
 * NumPy's array files (format 1.0 to 3.0). Implemented here because the format is simple, and the available packages
 * include network access or WebAssembly.
 */

import { type Shape, sizeOf } from '../../compiler/shape.ts';
import { DefinitionError } from '../../errors.ts';
import { type PythonValue, readPythonLiteral } from './pythonLiteral.ts';

export interface NpyArray {
  shape: Shape;
  /** Row-major. */
  values: Float64Array;
}

type Read = (view: DataView, at: number, little: boolean) => number;

/** Numeric types by NumPy's type letter and size in bytes. */
const readers = new Map<string, Read>(
  Object.entries<Read>({
    b1: (view, at) => (view.getUint8(at) === 0 ? 0 : 1),
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
  }),
);

const toFloat = 'Convert with array.astype(numpy.float64) before numpy.save.';

/** Types that are not real numbers, by NumPy's type letter. */
const others = new Map(
  Object.entries({
    c: { what: 'complex numbers', hint: 'Save array.real, or the real and imaginary parts as columns.' },
    O: { what: 'Python objects', hint: toFloat },
    U: { what: 'strings', hint: 'Save numpy.unique(labels, return_inverse=True)[1] for labels.' },
    S: { what: 'strings', hint: 'Save numpy.unique(labels, return_inverse=True)[1] for labels.' },
    a: { what: 'strings', hint: 'Save numpy.unique(labels, return_inverse=True)[1] for labels.' },
    V: { what: 'raw bytes', hint: toFloat },
    M: { what: 'dates', hint: 'Save them as numbers, for example array.astype(numpy.int64).' },
    m: { what: 'durations', hint: 'Save them as numbers, for example array.astype(numpy.int64).' },
    f: { what: 'extended-precision numbers', hint: toFloat },
  }),
);

/**
 * @param file names the array in messages
 * @throws DefinitionError for a file of another type, or entries that are not real numbers
 */
export function readNpy(bytes: Uint8Array, file: string): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isNpy = bytes.length >= 10 && bytes[0] === 0x93 && new TextDecoder().decode(bytes.subarray(1, 6)) === 'NUMPY';
  if (!isNpy) throw new DefinitionError(`${file} is not a .npy file`, { hint: hintForBytes(bytes) });
  const version = bytes[6];
  if (version < 1 || version > 3) {
    throw new DefinitionError(`${file} is a .npy file of version ${version}: only versions 1 to 3 are supported`);
  }
  const start = version >= 2 ? 12 : 10;
  if (bytes.length < start) throw new DefinitionError(`${file} has a truncated header`);
  const end = start + (version >= 2 ? view.getUint32(8, true) : view.getUint16(8, true));
  if (bytes.length < end) throw new DefinitionError(`${file} has a truncated header`);
  const { descr, shape, isFortran } = readHeader(
    new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(start, end)),
    file,
  );
  const { read, width, little, isInteger } = readerOf(descr, file);
  const size = sizeOf(shape);
  const has = bytes.length - end;
  // Not `has < size * width`: the number of entries may be too large to be one.
  if (!(size * width <= has)) {
    throw new DefinitionError(
      `${file} is truncated: an array of shape (${shape.join(', ')}) needs ${Number.isFinite(size) ? size * width : 'more than 1e308'} bytes, it has ${has}`,
    );
  }
  const stored = allocate(size, file);
  for (let i = 0; i < size; i++) stored[i] = read(view, end + i * width, little);
  const rounded =
    width === 8 && isInteger ? stored.findIndex((value) => Math.abs(value) > Number.MAX_SAFE_INTEGER) : -1;
  if (rounded >= 0) {
    throw new DefinitionError(
      `${file} has the integer ${stored[rounded]} at entry ${rounded}: float64 would round it, because it exceeds 2^53`,
      { hint: 'Scale the integers, or accept the rounding with array.astype(numpy.float64).' },
    );
  }
  return { shape, values: isFortran ? rowMajor(stored, shape) : stored };
}

function allocate(size: number, file: string): Float64Array {
  try {
    return new Float64Array(size);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new DefinitionError(`${file} has ${size} entries, more than fit into memory as float64`, {
      hint: 'Save a part of the array.',
    });
  }
}

function hintForBytes(bytes: Uint8Array): string {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return isZip ? 'It is an archive: use `npz`, and its arrays by name.' : 'Write it with numpy.save.';
}

function readHeader(text: string, file: string): { descr: PythonValue; shape: Shape; isFortran: boolean } {
  let header: PythonValue;
  try {
    header = readPythonLiteral(text);
  } catch {
    header = null;
  }
  if (header instanceof Map) {
    const [descr, shape, isFortran] = ['descr', 'shape', 'fortran_order'].map((key) => header.get(key));
    const isShape = (value: unknown): value is number[] =>
      Array.isArray(value) && value.every((side) => Number.isSafeInteger(side) && side >= 0);
    if (descr !== undefined && isShape(shape) && typeof isFortran === 'boolean') return { descr, shape, isFortran };
  }
  throw new DefinitionError(`${file} has a header that cannot be read: ${text.trim().slice(0, 80)}`, {
    hint: 'Write it with numpy.save.',
  });
}

function readerOf(
  descr: PythonValue,
  file: string,
): { read: Read; width: number; little: boolean; isInteger: boolean } {
  const refuse = (what: string, hint: string) =>
    new DefinitionError(`${file} has entries of type ${show(descr)}, ${what}: they must be real numbers`, { hint });
  if (typeof descr !== 'string') {
    throw refuse('structured records', "Save one array of numbers, for example array['x'] of its fields.");
  }
  const [, order, letter, width] = /^([<>|=]?)([A-Za-z?])(\d*)$/.exec(descr) ?? [];
  const kind = letter === '?' ? 'b1' : `${letter}${width}`;
  const read = readers.get(kind);
  if (read) {
    const [isInteger, little] = [/^[iu]/.test(kind), order !== '>'];
    return { read, width: Number(kind.slice(1)), little, isInteger };
  }
  // Dates have their unit behind the size.
  const [, known = ''] = /^[<>|=]?([A-Za-z])\d*(?:\[\w+\])?$/.exec(descr) ?? [];
  const { what, hint } = others.get(known) ?? { what: 'which is not known', hint: toFloat };
  throw refuse(what, hint);
}

function show(value: PythonValue): string {
  if (typeof value === 'string') return `'${value}'`;
  return Array.isArray(value) ? `[${value.map(show).join(', ')}]` : String(value);
}

/** Converts from column-major order. */
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
