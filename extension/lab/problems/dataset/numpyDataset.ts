/** Examples from NumPy files. */
import { DefinitionError, type Origin } from '../../errors.ts';
import { readFile } from '../../files.ts';
import type { OptionPath } from '../../fixes.ts';
import { isRecord, Options, show } from '../../options.ts';
import type { DatasetProblem } from './description.ts';
import { type FileOptions, type Labelled, problemOf, readString, sharedOptions } from './fileOptions.ts';
import { type NpyArray, readNpy } from './npy.ts';
import { readNpz } from './npz.ts';

/** Two NumPy files: inputs [n, …], whose further axes are flattened, and labels [n]. */
export interface NpyFiles {
  /**
   * Path, relative to the lab file.
   * @example inputs: 'x.npy'
   */
  inputs: string;
  /**
   * Path, relative to the lab file.
   * @example labels: 'y.npy'
   */
  labels: string;
}

export interface NpyOptions extends FileOptions {
  /**
   * The files of the examples.
   * @example npy: { inputs: 'x.npy', labels: 'y.npy' }
   */
  npy: NpyFiles;
  /**
   * Test examples, which replace the split (default: none).
   * @example test: { inputs: 'x-test.npy', labels: 'y-test.npy' }
   */
  test?: NpyFiles;
}

/** Two arrays of an archive, by their names: inputs [n, …], whose further axes are flattened, and labels [n]. */
export interface NpzArrays {
  /**
   * Name of the array with the inputs.
   * @example inputs: 'x'
   */
  inputs: string;
  /**
   * Name of the array with the labels.
   * @example labels: 'y'
   */
  labels: string;
}

export interface NpzOptions extends FileOptions, NpzArrays {
  /**
   * Path of an archive written by `numpy.savez` or `numpy.savez_compressed`, relative to the lab file.
   * @example npz: 'digits.npz'
   */
  npz: string;
  /**
   * Test examples in the same archive, which replace the split (default: none).
   * @example test: { inputs: 'x_test', labels: 'y_test' }
   */
  test?: NpzArrays;
}

export function npyDataset(options: unknown, origin: Origin): DatasetProblem {
  const read = new Options('dataset', options, [...sharedOptions, 'npy', 'test']);
  const load = (option: string) =>
    examples(pairOf(read, option), (path) => ({ file: path, ...readNpy(readFile(path, origin), path) }));
  return problemOf(read, load('npy'), read.has('test') ? load('test') : null);
}

export function npzDataset(options: unknown, origin: Origin): DatasetProblem {
  const read = new Options('dataset', options, [...sharedOptions, 'npz', 'inputs', 'labels', 'test']);
  const archive = readString(read, 'npz');
  const bytes = readFile(archive, origin);
  const load = (pair: NpzArrays, path: OptionPath) =>
    examples(pair, (name, part) => ({
      file: `${archive}, '${name}'`,
      ...readNpz(bytes, archive, name, [...path, part]),
    }));
  const train = load({ inputs: readString(read, 'inputs'), labels: readString(read, 'labels') }, []);
  return problemOf(read, train, read.has('test') ? load(pairOf(read, 'test'), ['test']) : null);
}

function pairOf(read: Options, option: string): NpzArrays {
  const value = read.raw(option);
  if (!isRecord(value))
    throw new DefinitionError(`dataset: '${option}' must be { inputs, labels }; it is ${show(value)}`);
  const pair = new Options(`dataset: '${option}'`, value, ['inputs', 'labels'], [option]);
  return { inputs: readString(pair, 'inputs'), labels: readString(pair, 'labels') };
}

function examples(
  pair: NpzArrays,
  load: (name: string, part: keyof NpzArrays) => NpyArray & { file: string },
): Labelled<number> {
  const inputs = finite(load(pair.inputs, 'inputs'));
  const labels = finite(load(pair.labels, 'labels'));
  const [rows = 0] = inputs.shape;
  if (rows === 0 || inputs.values.length === 0) throw new DefinitionError(`${inputs.file} has no examples`);
  if (labels.values.length !== rows) {
    throw new DefinitionError(
      `${inputs.file} has ${rows} examples, but ${labels.file} has ${labels.values.length} labels`,
    );
  }
  return {
    rows,
    columns: inputs.values.length / rows,
    values: inputs.values,
    labels: [...labels.values],
    file: labels.file,
    where: (i) => `${labels.file}, entry ${i} (from 0)`,
    numberOf: (i) => labels.values[i],
  };
}

function finite(array: NpyArray & { file: string }): NpyArray & { file: string } {
  const { shape, values, file } = array;
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return array;
  const row = Math.floor(wrong / (values.length / (shape[0] ?? 1)));
  throw new DefinitionError(`${file}, row ${row} (from 0): ${values[wrong]} is not a finite number`);
}
