/** NumPy's arrays and archives. */
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { type NpyArray, readNpy } from '../../../extension/lab/problems/dataset/npy.ts';
import { readNpz } from '../../../extension/lab/problems/dataset/npz.ts';
import { damagedBytes, damagedText } from './mutations.ts';
import { unlessRefused } from './refused.ts';
import { target } from './target.ts';

interface Kind {
  letters: string;
  width: number;
  numbers: fc.Arbitrary<number>;
  write(view: DataView, at: number, value: number, little: boolean): void;
}

const integers = (bits: number, signed: boolean) =>
  fc.integer(signed ? { min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 } : { min: 0, max: 2 ** bits - 1 });

const kinds: Kind[] = [
  { letters: 'f8', width: 8, numbers: fc.double(), write: (view, at, x, little) => view.setFloat64(at, x, little) },
  { letters: 'f4', width: 4, numbers: fc.float(), write: (view, at, x, little) => view.setFloat32(at, x, little) },
  { letters: 'i1', width: 1, numbers: integers(8, true), write: (view, at, x) => view.setInt8(at, x) },
  { letters: 'u1', width: 1, numbers: integers(8, false), write: (view, at, x) => view.setUint8(at, x) },
  {
    letters: 'i2',
    width: 2,
    numbers: integers(16, true),
    write: (view, at, x, little) => view.setInt16(at, x, little),
  },
  { letters: 'u4', width: 4, numbers: fc.nat(), write: (view, at, x, little) => view.setUint32(at, x, little) },
  {
    letters: 'i8',
    width: 8,
    numbers: fc.maxSafeInteger(),
    write: (view, at, x, little) => view.setBigInt64(at, BigInt(x), little),
  },
];

interface Written {
  bytes: Uint8Array;
  shape: number[];
  /** Row-major. */
  values: number[];
}

/** The file of an array; `header` replaces the description of its type and shape. */
function fileOf(
  kind: Kind,
  shape: number[],
  values: number[],
  isFortran: boolean,
  little: boolean,
  version: number,
): Written {
  const order = isFortran ? fortranOrder(shape) : values.map((_, i) => i);
  const data = new DataView(new ArrayBuffer(values.length * kind.width));
  for (const [i, from] of order.entries()) kind.write(data, i * kind.width, values[from]!, little);
  const letter = kind.width === 1 ? '|' : little ? '<' : '>';
  const shown = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const header = `{'descr': '${letter}${kind.letters}', 'fortran_order': ${isFortran ? 'True' : 'False'}, 'shape': ${shown}, }`;
  return { bytes: withHeader(header, version, new Uint8Array(data.buffer)), shape, values };
}

function withHeader(header: string, version: number, data: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(`${header}\n`);
  const start = version === 1 ? 10 : 12;
  const bytes = new Uint8Array(start + text.length + data.length);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), version, 0]);
  const view = new DataView(bytes.buffer);
  if (version === 1) view.setUint16(8, text.length, true);
  else view.setUint32(8, text.length, true);
  bytes.set(text, start);
  bytes.set(data, start + text.length);
  return bytes;
}

/** For each position of a file in column-major order, the position in row-major order. */
function fortranOrder(shape: readonly number[]): number[] {
  const size = shape.reduce((product, n) => product * n, 1);
  return Array.from({ length: size }, (_, i) => {
    let rest = i;
    const index = shape.map((n) => {
      const at = rest % n;
      rest = Math.floor(rest / n);
      return at;
    });
    return index.reduce((at, one, axis) => at * shape[axis]! + one, 0);
  });
}

const arrays: fc.Arbitrary<Written> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    shape: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 0, maxLength: 3 }),
    isFortran: fc.boolean(),
    little: fc.boolean(),
    version: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ kind, shape, isFortran, little, version }) => {
    const size = shape.reduce((product, n) => product * n, 1);
    const values = fc.array(kind.numbers, { minLength: size, maxLength: size });
    return values.map((list) => fileOf(kind, shape, list, isFortran, little, version));
  });

const length = fc.constantFrom(
  '2',
  '3',
  '0',
  '-2',
  'nan',
  'inf',
  '1e400',
  '0.5',
  '1e9',
  '9007199254740993',
  'None',
  "'2'",
  '()',
);
const type = fc.constantFrom(
  '<f8',
  '<f16',
  '<constructor',
  '<toString',
  '|O',
  '<U3',
  '=f8',
  "[('a', '<f8')]",
  '',
  '<f-8',
);
const odd = fc
  .record({
    descr: type,
    order: fc.constantFrom('True', 'False', '1', 'None'),
    shape: fc.array(length, { maxLength: 4 }),
    more: fc.constantFrom('', "'__proto__': 1, ", "'shape': (6,), "),
  })
  .map(({ descr, order, shape, more }) => {
    const shown = descr.startsWith('[') ? descr : `'${descr}'`;
    return `{'descr': ${shown}, 'fortran_order': ${order}, 'shape': (${shape.map((n) => `${n},`).join(' ')}), ${more}}`;
  });
const headers = fc.oneof(odd, damagedText(odd));

const damaged = fc.oneof(
  damagedBytes(arrays.map(({ bytes }) => bytes)),
  headers.map((header) => withHeader(header, 2, new Uint8Array(48))),
);

function holdDamaged(read: NpyArray | null): 'right' | 'refused' {
  if (read === null) return 'refused';
  const size = read.shape.reduce((product, n) => product * n, 1);
  if (!read.shape.every((n) => Number.isInteger(n) && n >= 0)) throw new Error(`shape ${read.shape}`);
  if (read.values.length !== size) throw new Error(`${read.values.length} values in shape ${read.shape}`);
  return 'right';
}

export const wholeArrays = target(
  "NumPy's arrays, whole",
  'arrays of every type, order and version of the format, also in archives: read with exactly their shape and numbers',
  16,
  fc.tuple(arrays, fc.boolean()),
  ([{ bytes, shape, values }, isArchive]) => {
    const read = unlessRefused(() =>
      isArchive ? readNpz(zipSync({ 'x.npy': bytes }), 'f.npz', 'x', []) : readNpy(bytes, 'f.npy'),
    );
    if (read === null) throw new Error('a whole file was refused');
    if (JSON.stringify(read.shape) !== JSON.stringify(shape)) throw new Error(`shape ${read.shape}, not ${shape}`);
    if (!values.every((x, i) => Object.is(x, read.values[i])))
      throw new Error(`read ${[...read.values]}, not ${values}`);
    return 'right';
  },
);

export const damagedArrays = target(
  "NumPy's arrays, damaged",
  'arrays, headers and archives with faults: refused, or an array whose numbers fill its shape',
  20,
  fc.oneof(
    damaged.map((bytes) => ({ bytes, isArchive: false })),
    damagedBytes(arrays.map(({ bytes }) => zipSync({ 'x.npy': bytes }))).map((bytes) => ({ bytes, isArchive: true })),
  ),
  ({ bytes, isArchive }) =>
    holdDamaged(unlessRefused(() => (isArchive ? readNpz(bytes, 'f.npz', 'x', []) : readNpy(bytes, 'f.npy')))),
);
