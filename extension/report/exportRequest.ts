/** What can be exported, and what the results panel asks for. */
import * as v from 'valibot';

/** The figures, in the order in which they are written. */
export const figureNames = [
  'panel',
  'sweep',
  'loss',
  'error',
  'generalization',
  'trajectories',
  'predictor',
  'spectrum',
  'norms',
  'data',
  'margins',
] as const;
export type FigureName = (typeof figureNames)[number];

/** The tables of an export, in the order in which they are written. */
export const tableNames = ['runs', 'curves', 'predictors', 'parameters', 'theory'] as const;
export type TableName = (typeof tableNames)[number];

/** What the page wants to have as a file. */
export interface ExportRequest {
  /** What the reader has chosen in the panel, as JSON: the argument of `depth-lab export --view`. */
  view: string;
  /** A single tile: its title, its figure, and the table that has its numbers, where there is one. */
  tile: { title: string; figure: FigureName | null; table: TableName | null } | null;
}

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));

export const exportRequest = v.strictObject({
  // An argument of a process must not be longer.
  view: v.pipe(v.string(), v.maxLength(100_000)),
  tile: v.nullable(
    v.strictObject({
      title: name,
      figure: v.nullable(v.picklist(figureNames)),
      table: v.nullable(v.picklist(tableNames)),
    }),
  ),
});

/** What the page asks to be exported; null if it is not valid. */
export function readExportRequest(data: unknown): ExportRequest | null {
  const result = v.safeParse(exportRequest, data);
  return result.success ? result.output : null;
}
