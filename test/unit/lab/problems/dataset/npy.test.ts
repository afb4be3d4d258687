import { describe, expect, it, vi } from 'vitest';
import { readNpy } from '../../../../../extension/lab/problems/dataset/npy.ts';
import { npy, npyWithHeader } from './npyFile.ts';

const values = [3, 1, 4, 1, 5, 9];
const data = new Uint8Array(new Float64Array(values).buffer);

describe('a NumPy file', () => {
  it.each([
    '<f8',
    '>f8',
    '=f8',
    '<f4',
    '>f4',
    '<i8',
    '>i8',
    '>i4',
    '<i2',
    '>i2',
    '|i1',
    '|u1',
    '<u2',
    '<u4',
    '<u8',
    '>u8',
  ])('of kind %s is read', (kind) => {
    expect(readNpy(npy(kind, [2, 3], values), 'f.npy')).toEqual({ shape: [2, 3], values: Float64Array.from(values) });
  });

  it('with integers that float64 would round is refused', () => {
    expect(readNpy(npy('<i8', [1], [2 ** 53 - 1]), 'f.npy').values[0]).toBe(2 ** 53 - 1);
    expect(() => readNpy(npy('<i8', [2], [1, -(2 ** 60)]), 'f.npy')).toThrow(/entry 1: float64 would round it/);
  });

  it('is read in column-major order, in half precision, and as truth values', () => {
    const stored = [1, 4, 2, 5, 3, 6];
    expect([...readNpy(npy('<f8', [2, 3], stored, { fortran: true, version: 2 }), 'f.npy').values]).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
    expect([...readNpy(npy('>f8', [2, 3], stored, { fortran: true, version: 3 }), 'f.npy').values]).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
    expect([...readNpy(npy('<f2', [3], [0x3c00, 0xc500, 0x0001]), 'f.npy').values]).toEqual([1, -5, 2 ** -24]);
    expect([...readNpy(npy('>f2', [1], [0x3c00]), 'f.npy').values]).toEqual([1]);
    expect([...readNpy(npy('|b1', [2], [1, 0]), 'f.npy').values]).toEqual([1, 0]);
    expect(readNpy(npy('<f8', [], [7]), 'f.npy').shape).toEqual([]);
  });

  it.each([
    `{"descr": "<f8", "fortran_order": False, "shape": (2, 3)}`,
    `{'descr': '<f8', 'fortran_order': False, 'shape': (2L, 3L), }`,
    `{'shape':(2,3,),'fortran_order':False,'descr':'<f8'}`,
    `{ u'descr' : u'<f8' ,\n\t'fortran_order' : False , 'shape' : ( 2 , 3 ) , }   \n`,
    `{'descr': '<f8', 'fortran_order': False, 'shape': [2, 3]}`,
  ])('may have the header %s', (header) => {
    for (const version of [1, 2, 3]) {
      const file = npyWithHeader(header, data, version);
      expect(readNpy(file, 'f.npy')).toEqual({ shape: [2, 3], values: Float64Array.from(values) });
    }
  });

  it.each([
    ['<c16', 'complex numbers'],
    ['|O', 'Python objects'],
    ['<U5', 'strings'],
    ['|S3', 'strings'],
    ['<M8[D]', 'dates'],
    ['<f16', 'extended-precision numbers'],
    ['|V8', 'raw bytes'],
  ])('of kind %s is refused in words', (kind, words) => {
    const header = `{'descr': '${kind}', 'fortran_order': False, 'shape': (1,), }`;
    expect(() => readNpy(npyWithHeader(header, data), 'f.npy')).toThrow(`type '${kind}', ${words}`);
  });

  it.each(['<constructor', '<toString', '__proto__', '<f8x', '<f-8', '', '<', '<f8 '])(
    'of the kind %j, which there is not, is refused',
    (kind) => {
      const header = `{'descr': '${kind}', 'fortran_order': False, 'shape': (1,), }`;
      expect(() => readNpy(npyWithHeader(header, data), 'f.npy')).toThrow(`type '${kind}', which is not known`);
    },
  );

  it.each([
    '(-2,)',
    '(nan,)',
    '(0.5,)',
    '(1e3,)',
    '(9007199254740993,)',
    "('2',)",
    '(None,)',
    '((2,),)',
    '2',
    '(-2, -3)',
  ])('of the shape %s, which there is not, is refused', (shape) => {
    const header = `{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}, }`;
    expect(() => readNpy(npyWithHeader(header, data), 'f.npy')).toThrow('a header that cannot be read');
  });

  it.each([
    ['(100000000000,)', '800000000000 bytes'],
    [`(${'9007199254740991, '.repeat(3)})`, 'e+48 bytes'],
    [`(${'9007199254740991, '.repeat(30)})`, 'more than 1e308 bytes'],
    // Infinitely many times none is not none.
    [`(${'9007199254740991, '.repeat(30)}0)`, 'more than 1e308 bytes'],
  ])('of the shape %s is truncated', (shape, needs) => {
    const header = `{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}, }`;
    expect(() => readNpy(npyWithHeader(header, data, 2), 'f.npy')).toThrow(
      new RegExp(`is truncated: .* needs .*${needs.replace('+', '\\+')}, it has 48$`),
    );
  });

  it('with more entries than memory is refused in words', () => {
    const original = Float64Array;
    vi.stubGlobal(
      'Float64Array',
      class extends original {
        constructor(size: number) {
          if (size > 4) throw new RangeError('Array buffer allocation failed');
          super(size);
        }
      },
    );
    try {
      expect(() => readNpy(npy('<f8', [6], values), 'f.npy')).toThrow('f.npy has 6 entries, more than fit into memory');
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('of another kind is refused', () => {
    const records = `{'descr': [('x', '<f8'), ('y', '<i4', (2,))], 'fortran_order': False, 'shape': (1,), }`;
    expect(() => readNpy(npyWithHeader(records, data), 'f.npy')).toThrow('structured records');
    expect(() => readNpy(new TextEncoder().encode('not an array'), 'f.npy')).toThrow('f.npy is not a .npy file');
    expect(() => readNpy(npyWithHeader('{', data), 'f.npy')).toThrow('a header that cannot be read');
    expect(() => readNpy(npyWithHeader("{'descr': '<f8'}", data), 'f.npy')).toThrow('a header that cannot be read');
    expect(() => readNpy(npy('<f8', [2], [1, 2]).subarray(0, -1), 'f.npy')).toThrow('is truncated');
    expect(() => readNpy(npy('<f8', [2], [1, 2]).subarray(0, 20), 'f.npy')).toThrow('has a truncated header');
    expect(() => readNpy(npyWithHeader('{}', data, 9), 'f.npy')).toThrow('of version 9');
  });
});
