/** How runs, claims and failures are printed: JSON lines for programs, text for people. */
import { relative } from 'node:path';
import type { ClaimResult, Comparison, RunResult, SampleBatch, Summary } from '../lab/results.ts';
import type { Failure } from '../report/failure.ts';
import { storedText } from '../report/storedText.ts';
import { jsonLine, printable, printableName } from './printable.ts';
import { wrapped } from './wrap.ts';

/**
 * A run as one JSON line. Its numbers that are not finite are null, and `diverged` says why; those of its samples are texts.
 * @param theory how far its end is from the predictions of theory
 * @param curves its samples; omitted to leave them out
 */
export function runLine(
  experiment: string,
  { id: _id, predictor, outputs, stored, ...run }: RunResult,
  theory: Record<string, Comparison> | undefined,
  curves?: SampleBatch,
): string {
  const {
    point,
    parameterization,
    optimizer,
    seed,
    steps,
    time,
    engine,
    seconds,
    train,
    test,
    gap,
    margins,
    norms,
    ...rest
  } = run;
  return jsonLine({
    kind: 'run',
    experiment,
    ...{ point, parameterization, optimizer, seed, steps, time, engine, seconds },
    stored: stored !== undefined,
    ...(stored === 'elsewhere' ? { computedElsewhere: true } : {}),
    ...finite({ train, test, gap, margins, norms, predictor, outputs, ...rest, ...(theory ? { theory } : {}) }),
    ...(curves ? { samples: columnsOf(curves, test !== null) } : {}),
  });
}

/** A copy of plain data with null for each number that is not finite. */
function finite<T extends object>(fields: T): object {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, withNulls(field)]));
}

function withNulls(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value instanceof Float64Array) return value.every(Number.isFinite) ? value : Array.from(value, withNulls);
  if (Array.isArray(value)) return value.map(withNulls);
  return typeof value === 'object' && value !== null ? finite(value) : value;
}

/** One array a column, as pandas takes them; those of test data are null without test data. */
function columnsOf({ step, time, trainLoss, trainError, ...tested }: SampleBatch, hasTest: boolean) {
  const { testLoss, testError } = hasTest ? tested : { testLoss: null, testError: null };
  return { step, time, trainLoss, trainError, testLoss, testError };
}

/** How many runs of an experiment were stored, and how many trained. */
export function countLine(experiment: string, runs: readonly RunResult[]): string {
  const stored = runs.filter((run) => run.stored).length;
  return jsonLine({ kind: 'summary', experiment, runs: runs.length, stored, trained: runs.length - stored });
}

/** The same for people; empty if nothing was stored. */
export function countText(runs: readonly RunResult[]): string {
  const stored = storedText(runs);
  const trained = runs.filter((run) => !run.stored).length;
  return stored && `${stored}; ${trained} trained\n`;
}

export function claimLine(experiment: string, { claim, holds, error }: ClaimResult): string {
  return jsonLine({ kind: 'claim', experiment, claim, holds, error });
}

/** `file:line:column: message`, followed by the hint. */
export function failureText(failure: Failure, show: (file: string) => string): string {
  const where = failure.file ? `${printableName(show(failure.file))}:${failure.line}:${failure.column}: ` : '';
  const hint = failure.hint ? `\n    ${failure.hint}` : '';
  return `${where}${printable(failure.message)}${printable(hint)}\n`;
}

/**
 * The finding, and the invariance of each optimizer.
 * @param width columns of the terminal
 */
export function summaryText({ sentence, paths }: Summary, width: number): string {
  const measured = Object.entries(paths).flatMap(([optimizer, path]) =>
    path === null ? [] : [`${optimizer} ${Number(path.distance.toPrecision(2))}`],
  );
  const lines = [
    sentence,
    measured.length > 0 ? `Invariance (0: all parameterizations take one path): ${measured.join(' · ')}` : '',
  ];
  return lines.map((line) => (line ? `\n${wrapped(line, width)}\n` : '')).join('');
}

/** A path relative to the working directory, where it lies below it. */
export function shortened(file: string): string {
  const short = relative(process.cwd(), file);
  return short.startsWith('..') ? file : short;
}
