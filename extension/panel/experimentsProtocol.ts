/** What the table of experiments and its host tell each other. */
import * as v from 'valibot';
import type { ExperimentRow } from '../report/experimentRow.ts';

/** Sent to the page. */
export interface ExperimentsMessage {
  type: 'experiments';
  rows: readonly ExperimentRow[];
}

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));

const fromPage = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  /** Asks to show the results of an experiment and its place in the text. */
  v.strictObject({ type: v.literal('open'), file: name, experiment: name }),
  v.strictObject({ type: v.literal('run'), file: name, experiment: name }),
]);

export type ExperimentsRequest = v.InferOutput<typeof fromPage>;

/** A message of the page; null if it is not valid. */
export function readExperimentsRequest(data: unknown): ExperimentsRequest | null {
  const read = v.safeParse(fromPage, data);
  return read.success ? read.output : null;
}
