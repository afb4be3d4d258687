/** Small results of an experiment, as they are exported. */
import { type ExportedExperiment, type ExportedRun, runsOf } from '../../../extension/export/exported.ts';
import type { Cell, Table } from '../../../extension/export/table.ts';
import type { RunResult, SweepPoint } from '../../../extension/lab/results.ts';
import { noResults } from '../../../extension/report/events.ts';
import { batch, grid, result } from '../webview/fixtures.ts';

/** Numbers that are easily lost on the way into a file and back. */
export const hardNumbers = [
  0.1 + 0.2,
  1 / 3,
  5e-324,
  1.7976931348623157e308,
  -0,
  0,
  1,
  -3,
  123456789012345680000,
  1e21,
  2 ** 53,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];

/** Numbers of two lists, to the bit. */
export const bits = (values: Iterable<number>) => [...new BigUint64Array(Float64Array.from(values).buffer)];

/** Names that are easily lost in a text file. */
export const hardNames = ['w = θ', 'a,b', 'say "no"', 'two\nlines', ' spaces ', '', 'u² − v²', 'tab\there', '𝒘'];

export const hardTable: Table = {
  name: 'hard',
  rows: hardNumbers.length,
  columns: [
    { name: 'number', type: 'number', values: hardNumbers },
    { name: 'missing', type: 'number', values: hardNumbers.map((value, i) => (i % 2 ? value : null)) },
    {
      name: 'integer',
      type: 'integer',
      values: hardNumbers.map((_, i) => (i === 3 ? Number.MAX_SAFE_INTEGER : -i + 0)),
    },
    { name: 'gaps', type: 'integer', values: hardNumbers.map((_, i) => (i % 3 ? i : null)) },
    { name: 'text, "quoted"', type: 'text', values: hardNumbers.map((_, i) => hardNames[i % hardNames.length]) },
    { name: 'missing text', type: 'text', values: hardNumbers.map((_, i) => (i % 2 ? 'x' : null)) },
    { name: 'boolean', type: 'boolean', values: hardNumbers.map((_, i) => i % 2 === 0) },
  ],
};

export const column = ({ columns }: Table, name: string): Cell[] =>
  Array.from(columns.find((one) => one.name === name)!.values);

/** Concatenated. */
export function bytesOf(pieces: Iterable<Uint8Array>): Uint8Array {
  return new Uint8Array(Buffer.concat([...pieces]));
}

/** The eight runs of the grid, with changes to some; run 7 has not ended. */
export function experiment({
  points = [] as SweepPoint[],
  results = {} as Record<number, Partial<RunResult>>,
  parameters = {} as Record<number, { name: string; shape: number[]; values: number[] }[] | null>,
  file = 'small.lab.ts',
}): ExportedExperiment {
  const runs = grid.runs.map((run, i) => ({ ...run, point: points[i % points.length] ?? null }));
  return {
    file,
    grid: { ...grid, runs, points },
    results: {
      ...noResults,
      // Not in the order of the grid.
      runs: [3, 0, 1, 2, 6, 5, 4].map((id) => result(id, id / 8, id / 4, { point: runs[id].point, ...results[id] })),
      samples: [2, 0].map((id) => batch(id, [0, 10, 25], [1, 0.5, id])),
    },
    details: new Map(
      Object.entries(parameters).map(([id, named]) => [
        Number(id),
        {
          key: `key ${id}`,
          parameters: named?.map((one) => ({ ...one, values: Float64Array.from(one.values) })) ?? null,
        },
      ]),
    ),
  };
}

export const exportedRuns = (...experiments: ExportedExperiment[]): ExportedRun[] => runsOf(experiments);
