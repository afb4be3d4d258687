import { describe, expect, it } from 'vitest';
import { type NamedArray, npy } from '../../../extension/export/npy.ts';
import { bits, hardNames, hardNumbers } from './fixtures.ts';

/** The parts of a file, by the definition of the format (NEP 1). */
function parts(array: Omit<NamedArray, 'name'>) {
  const bytes = Buffer.from(npy({ name: 'x', ...array }));
  expect(bytes.subarray(0, 6).toString('latin1')).toBe('\x93NUMPY');
  const [major, minor] = [bytes[6], bytes[7]];
  expect(minor).toBe(0);
  const start = major === 1 ? 10 : 12;
  const length = major === 1 ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8);
  expect((start + length) % 64).toBe(0);
  const header = bytes.subarray(start, start + length).toString('latin1');
  expect(header.endsWith('\n')).toBe(true);
  return { major, header: header.trimEnd(), data: bytes.subarray(start + length) };
}

describe('an array as npy', () => {
  it('has float64 numbers in the order of rows', () => {
    const { major, header, data } = parts({ shape: [2, 7], values: Float64Array.from(hardNumbers) });
    expect(major).toBe(1);
    expect(header).toBe("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 7), }");
    expect(data).toHaveLength(14 * 8);
    expect(bits(hardNumbers.map((_, i) => data.readDoubleLE(8 * i)))).toEqual(bits(hardNumbers));
  });

  it.each<[string, number[], string]>([
    ['vectors', [3], '(3,)'],
    ['numbers', [], '()'],
    ['nothing', [0], '(0,)'],
  ])('has shapes of %s as Python writes them', (_, shape, text) => {
    const values = new Float64Array(shape.reduce((product, length) => product * length, 1));
    expect(parts({ shape, values }).header).toContain(`'shape': ${text},`);
  });

  it('has texts as code points, of one length', () => {
    const { header, data } = parts({ shape: [hardNames.length], values: hardNames });
    expect(header).toContain("'descr': '<U9'");
    const texts = hardNames.map((_, i) => {
      const codes = Array.from({ length: 9 }, (_, at) => data.readUInt32LE(4 * (9 * i + at))).filter(
        (code) => code > 0,
      );
      return String.fromCodePoint(...codes);
    });
    expect(texts).toEqual(hardNames);
  });

  it('has whole numbers and truth values', () => {
    const whole = parts({ shape: [2], values: BigInt64Array.of(-1n, 2n ** 53n - 1n) });
    expect(whole.header).toContain("'descr': '<i8'");
    expect([whole.data.readBigInt64LE(0), whole.data.readBigInt64LE(8)]).toEqual([-1n, 2n ** 53n - 1n]);
    const truth = parts({ shape: [3], values: [true, false, true] });
    expect(truth.header).toContain("'descr': '|b1'");
    expect([...truth.data]).toEqual([1, 0, 1]);
  });

  it('takes the longer form of the header where the shape needs it', () => {
    const shape = Array.from({ length: 30_000 }, () => 1);
    expect(parts({ shape, values: Float64Array.of(1) }).major).toBe(2);
  });
});
