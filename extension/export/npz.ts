/** Arrays as an NPZ file: a ZIP of npy files, stored without compression, as `numpy.savez` writes it. */
import { strToU8, zipSync } from 'fflate';
import type { ExportedRun } from './exported.ts';
import { TableError } from './longTables.ts';
import { type NamedArray, npy } from './npy.ts';
import type { Cell, Column, Table } from './table.ts';

/** ZIP without its extension for large files ends here. */
const MOST_BYTES = 2 ** 32 - 1;
/** ZIP knows no earlier date; a fixed one gives equal files for equal arrays. */
const DATE = '1980-01-02';

/**
 * @param what named in the message
 * @throws TableError for more than 4 GiB
 */
export function npz(what: string, arrays: Iterable<NamedArray>): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  let bytes = 0;
  for (const array of arrays) {
    const file = npy(array);
    bytes += file.length + 2 * (strToU8(array.name).length + 100);
    if (bytes > MOST_BYTES) {
      throw new TableError(
        `the arrays of ${what} take more than 4 GiB, which NPZ cannot hold; leave them out (--tables), or export one experiment at a time (--experiment)`,
      );
    }
    files[`${array.name}.npy`] = file;
  }
  return zipSync(files, { level: 0, mtime: DATE });
}

/** A table as one array a column: missing numbers are NaN, missing texts empty. */
export function* columnArrays({ rows, columns }: Table): Generator<NamedArray> {
  for (const column of columns) yield { name: safe(column.name), shape: [rows], values: valuesOf(column) };
}

/** The final predictor of each run, in its shape: `run_0`, `run_1` … */
export function* predictorArrays(runs: readonly ExportedRun[]): Generator<NamedArray> {
  for (const { number, result, experiment } of runs) {
    const { predictor } = result;
    const shape = experiment.grid.problem.predictorShape;
    if (predictor && shape) yield { name: `run_${number}`, shape, values: predictor };
  }
}

/** The final parameters of each run, in their shapes: `run_0/u`, `run_0/v` … */
export function* parameterArrays(runs: readonly ExportedRun[]): Generator<NamedArray> {
  for (const { number, details } of runs) {
    for (const { name, shape, values } of details?.parameters ?? []) {
      yield { name: `run_${number}/${safe(name)}`, shape, values };
    }
  }
}

function valuesOf({ type, values }: Column): NamedArray['values'] {
  const all = Array.from(values) as Cell[];
  if (type === 'text') return all.map((value) => String(value ?? ''));
  if (all.some((value) => value === null))
    return Float64Array.from(all, (value) => (value === null ? Number.NaN : Number(value)));
  if (type === 'boolean') return all as boolean[];
  if (type === 'integer') return BigInt64Array.from(all as number[], BigInt);
  return Float64Array.from(all as number[]);
}

/** A name that is a file name in the ZIP: what would lead to another folder is written as `%` and its code. */
const safe = (name: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters in names of files help nobody
  name.replace(/[%/\\:\u0000-\u001f]|^\.+/g, (found) =>
    Array.from(found, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`).join(''),
  );
