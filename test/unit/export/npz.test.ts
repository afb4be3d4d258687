import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { npy } from '../../../extension/export/npy.ts';
import { columnArrays, npz, parameterArrays, predictorArrays } from '../../../extension/export/npz.ts';
import { bits, column, experiment, exportedRuns, hardTable } from './fixtures.ts';

describe('an NPZ file', () => {
  it('stores npy files without compression, and is the same for the same arrays', () => {
    const arrays = [{ name: 'a', shape: [2], values: Float64Array.of(1, 2) }];
    const bytes = npz('x', arrays);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    // The head of the first entry: signature, and the method of compression.
    expect(view.getUint32(0, true)).toBe(0x04034b50);
    expect(view.getUint16(8, true)).toBe(0);
    expect(unzipSync(bytes)).toEqual({ 'a.npy': npy(arrays[0]) });
    expect(npz('x', arrays)).toEqual(bytes);
  });

  it('has one array a column of a table, with NaN for missing numbers', () => {
    const arrays = new Map([...columnArrays(hardTable)].map((one) => [one.name, one]));
    expect(arrays.size).toBe(hardTable.columns.length);
    expect(bits(arrays.get('number')!.values as Float64Array)).toEqual(bits(column(hardTable, 'number') as number[]));
    expect(arrays.get('integer')!.values).toBeInstanceOf(BigInt64Array);
    const gaps = [...(arrays.get('gaps')!.values as Float64Array)];
    expect(gaps).toEqual(column(hardTable, 'gaps').map((cell) => cell ?? Number.NaN));
    expect(arrays.get('missing text')!.values).toEqual(column(hardTable, 'missing text').map((cell) => cell ?? ''));
  });

  it('has predictors and parameters in their shapes, by the number of the run', () => {
    const runs = exportedRuns(
      experiment({
        results: { 2: { predictor: Float64Array.of(3, 4) } },
        parameters: {
          2: [
            { name: 'u', shape: [2, 1], values: [5, 6] },
            { name: '../v', shape: [], values: [7] },
          ],
        },
      }),
    );
    expect([...predictorArrays(runs)]).toEqual([{ name: 'run_2', shape: [2], values: Float64Array.of(3, 4) }]);
    expect([...parameterArrays(runs)]).toEqual([
      { name: 'run_2/u', shape: [2, 1], values: Float64Array.of(5, 6) },
      // A name leads to no other folder.
      { name: 'run_2/%2e%2e%2fv', shape: [], values: Float64Array.of(7) },
    ]);
  });
});
