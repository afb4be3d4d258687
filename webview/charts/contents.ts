import type { PlotSpec } from '../plot/spec.ts';

/** The numbers behind a chart. */
export interface TableData {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** What a tile shows, made from the data without a page. */
export interface PlotContents {
  spec: PlotSpec;
  /** Stands in place of the chart while there is nothing to draw. */
  empty: string | null;
  /** What is drawn, beside the title. */
  subtitle: string;
  /** How to read it, below. */
  caption: string;
  /** What a screen reader says of it. */
  spoken: string;
  table: TableData;
}
