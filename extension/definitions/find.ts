/** Finds experiments in the text of a lab file without running it. Tolerates syntax errors. */
import { Analyzer } from './analyze.ts';
import { Lines } from './position.ts';
import { type FoundCall, PlacedCall } from './shape.ts';
import { toEnd } from './steps.ts';

/** A call of `experiment` with a literal name. */
export interface FoundExperiment extends FoundCall {
  readonly name: string;
}

export interface FoundCalls {
  calls: FoundCall[];
  /** Whether the text has no syntax error at all. */
  complete: boolean;
}

/**
 * The experiments of a file in source order. Never throws: incomplete text yields the experiments that can be
 * recognized.
 */
export function findExperiments(text: string): FoundExperiment[] {
  return findCalls(text).calls.filter((call): call is FoundExperiment => call.name !== null);
}

/**
 * Like {@link findExperiments}, but includes calls with a computed name and reports whether the text has syntax errors.
 */
export function findCalls(text: string): FoundCalls {
  const { calls, complete } = toEnd(new Analyzer().analyze(text));
  const lines = new Lines(text);
  return { calls: calls.map((call) => new PlacedCall(call, lines)), complete };
}
