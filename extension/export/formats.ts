/** The files of an export, by format. */

import type { TableName } from '../report/exportRequest.ts';
import { csv } from './csv.ts';
import { type ExportedExperiment, type ExportedRun, runsOf } from './exported.ts';
import { json } from './json.ts';
import { curvesTable, parametersTable, predictorsTable, theoryTable } from './longTables.ts';
import type { NamedArray } from './npy.ts';
import { columnArrays, npz, parameterArrays, predictorArrays } from './npz.ts';
import { runsTable } from './runsTable.ts';
import type { Table } from './table.ts';

export const formats = ['csv', 'parquet', 'npz', 'json'] as const;
export type Format = (typeof formats)[number];

const tables: Record<TableName, (runs: readonly ExportedRun[]) => Table> = {
  runs: runsTable,
  curves: curvesTable,
  predictors: predictorsTable,
  parameters: parametersTable,
  theory: theoryTable,
};

export interface ExportedFile {
  /** With its ending. */
  name: string;
  /** What is in it: `12 rows`. */
  size: string;
  /** The bytes, in pieces. */
  pieces: Iterable<Uint8Array>;
}

/**
 * The tables of experiments, one file each.
 * @param version of the program
 * @throws TableError for a table that is too large
 */
export async function filesOf(
  experiments: readonly ExportedExperiment[],
  names: readonly TableName[],
  format: Format,
  version: string,
): Promise<ExportedFile[]> {
  const runs = runsOf(experiments);
  if (format === 'npz') return names.map((name) => archiveOf(name, runs));
  const write = await writerOf(format, version);
  return names.map((name) => {
    const table = tables[name](runs);
    return { name: `${name}.${format}`, size: counted(table.rows, 'row'), pieces: write(table) };
  });
}

async function writerOf(
  format: Exclude<Format, 'npz'>,
  version: string,
): Promise<(table: Table) => Iterable<Uint8Array>> {
  if (format === 'csv') return csv;
  if (format === 'json') return json;
  const { parquet } = await import('./parquet.ts');
  return (table) => [parquet(table, { 'depth-lab': version })];
}

/** Predictors and parameters keep their shapes; other tables have an array a column. */
function archiveOf(name: TableName, runs: readonly ExportedRun[]): ExportedFile {
  const arrays: NamedArray[] = [...arraysOf(name, runs)];
  return { name: `${name}.npz`, size: counted(arrays.length, 'array'), pieces: [npz(name, arrays)] };
}

function arraysOf(name: TableName, runs: readonly ExportedRun[]): Iterable<NamedArray> {
  if (name === 'predictors') return predictorArrays(runs);
  if (name === 'parameters') return parameterArrays(runs);
  return columnArrays(tables[name](runs));
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
