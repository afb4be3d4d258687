/** The results that stand beside the lines of one experiment. */

import { shownName } from '../report/shownName.ts';
import { type ExperimentView, isBusy } from '../runs/record.ts';
import { linesOf, measureOf } from './cells.ts';
import type { Freshness } from './freshness.ts';
import { oncePer } from './once.ts';
import { optimizerText } from './pathText.ts';
import { experimentText, parameterizationText } from './resultText.ts';
import type { NamedCall } from './trackedDocument.ts';

/** Colours contributed for parameterizations, as in the results panel. */
const COLOURS = 8;

/** Longer errors are cut: they stand at the end of a line. */
const LONGEST = 200;

/** The colour of results of an earlier text. */
export const STALE = 'depthLab.staleResult';

export interface Remark {
  /** From 0. */
  line: number;
  text: string;
  colour: string;
}

/** Views do not change: a new one takes the place of each. */
const resultsOf = oncePer((view: ExperimentView) => {
  const measure = measureOf(view);
  return measure && { measure, lines: linesOf(view, measure) };
});

export function remarksOf(view: ExperimentView, call: NamedCall, { frameChanged, changed }: Freshness): Remark[] {
  const results = resultsOf(view);
  if (!results) return [];
  const { measure, lines } = results;
  const colour = (fresh: string, isStale: boolean) => (frameChanged || isStale || isOld(view) ? STALE : fresh);
  const remarks: Remark[] = [];
  const add = (line: number, text: string, themed: string) => {
    if (text) remarks.push({ line: line - 1, text, colour: themed });
  };
  add(call.line, experimentText(lines, measure), colour('depthLab.inlineResult', changed.size > 0));
  const isAlone = aloneIn(call);
  const training = inTraining(view);
  const indices = new Map((view.grid?.parameterizations ?? []).map((name, index) => [name, index]));
  const named = (name: string, text: string, line: number) =>
    text && !isAlone(line) ? `${shownName(name)}: ${text}` : text;
  for (const { name, key } of call.parameterizations) {
    const { line } = key.start;
    const series = `depthLab.parameterization${((indices.get(name) ?? 0) % COLOURS) + 1}`;
    const text = parameterizationText(lines, name, measure);
    const marked = text && training.has(name) ? `${text} …` : text;
    add(line, named(name, marked, line), colour(series, changed.has(name)));
  }
  for (const { name, key } of call.optimizers) {
    const { line } = key.start;
    add(line, named(name, optimizerText(view, name), line), colour('depthLab.inlineResult', changed.size > 0));
  }
  const claims = new Map(view.claims.map((claim) => [claim.claim, claim]));
  for (const { name, key } of call.claims) {
    const claim = claims.get(name);
    if (!claim) continue;
    const text = claim.holds
      ? '✓'
      : claim.error
        ? `✗ ${shownName(claim.error.split('\n', 1)[0] ?? '', LONGEST)}`
        : '✗ does not hold';
    const themed = claim.holds ? 'testing.iconPassed' : 'testing.iconFailed';
    add(key.start.line, text, colour(themed, changed.size > 0));
  }
  return remarks;
}

/** Whether a line has one parameterization or optimizer, and nothing else that is remarked upon. */
function aloneIn(call: NamedCall): (line: number) => boolean {
  const counts = new Map<number, number>();
  for (const { key } of [...call.parameterizations, ...call.optimizers]) {
    counts.set(key.start.line, (counts.get(key.start.line) ?? 0) + 1);
  }
  return (line) => counts.get(line) === 1 && line !== call.line;
}

/** The parameterizations with runs that go on: what is shown of them is not their result yet. */
function inTraining(view: ExperimentView): Set<string> {
  if (!isBusy(view) || view.stale) return new Set();
  const ended = new Set(view.runs.map(({ id }) => id));
  const open = view.grid?.runs.filter(({ id }) => !ended.has(id)) ?? [];
  return new Set(open.map(({ parameterization }) => parameterization));
}

/** A new run has started and has no results yet. */
const isOld = ({ stale, status }: ExperimentView) => stale && status !== 'finished';
