/** What the results of an experiment give reason to report: runs that diverged, claims that do not hold. */
import * as vscode from 'vscode';
import { type FoundCall, type FoundProperty, optionAt } from '../definitions/index.ts';
import { claimNumbers } from '../report/claimText.ts';
import { divergencesOf } from '../report/divergedText.ts';
import { shownName, shownText } from '../report/shownName.ts';
import { type ExperimentView, isBusy } from '../runs/record.ts';
import type { Mendable } from './mendable.ts';
import { editorRange } from './ranges.ts';

/**
 * @param call the experiment in the text; undefined if it is not found
 * @param document undefined if the file is not open
 */
export function resultDiagnostics(
  view: ExperimentView,
  call: FoundCall | undefined,
  document: vscode.TextDocument | undefined,
): Mendable[] {
  const { grid } = view;
  if (!grid || (view.stale && isBusy(view)) || (document && !call)) return [];
  const place = call
    ? editorRange(call.nameRange)
    : new vscode.Range(grid.line - 1, grid.column - 1, grid.line - 1, grid.column + 9);
  return [...divergences(view, call, document, place), ...brokenClaims(view, call, place)];
}

const warning = (range: vscode.Range, message: string) =>
  new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Warning);

/** Warnings at the optimizers, once the experiment is through. */
function divergences(
  view: ExperimentView,
  call: FoundCall | undefined,
  document: vscode.TextDocument | undefined,
  place: vscode.Range,
): Mendable[] {
  if (isBusy(view)) return [];
  return divergencesOf(view.runs, view.inspection).map(({ optimizer, text, fixes }) => {
    const entry = call?.optimizers.find(({ name }) => name === optimizer);
    const value = entry && document && valueRange(document, entry);
    const isMendable = value && hasNumber(document, value, 'rate') && !view.stale;
    const diagnostic = warning(value ?? place, shownText(text));
    if (!isMendable) return { diagnostic, fixes: [] };
    // Results that come from the store have not been inspected.
    return view.inspection
      ? { diagnostic, fixes }
      : { diagnostic, fixes, rateOf: { experiment: view.experiment, optimizer } };
  });
}

/** The range of a property's value. */
function valueRange(document: vscode.TextDocument, { key, range }: FoundProperty): vscode.Range {
  const rest = document.getText(editorRange({ start: key.end, end: range.end }));
  const before = /^\s*\]?\s*:\s*/.exec(rest)?.[0].length ?? 0;
  const whole = editorRange(range);
  const start = document.positionAt(document.offsetAt(editorRange(key).end) + before);
  return before > 0 ? new vscode.Range(start, whole.end) : whole;
}

/** Whether an option of a call is written as a number, which a fix may replace. */
function hasNumber(document: vscode.TextDocument, { start }: vscode.Range, option: string): boolean {
  const text = document.getText();
  const found = optionAt(text, document.offsetAt(start), [option]);
  return found !== null && 'value' in found && /^[\d._e+-]+$/i.test(text.slice(found.value.from, found.value.to));
}

/** Warnings at the claims, or at the experiment's name if a claim is not found in the text. */
function brokenClaims({ claims }: ExperimentView, call: FoundCall | undefined, place: vscode.Range): Mendable[] {
  const entries = new Map(call?.claims.map((entry) => [entry.name, entry]));
  return claims
    .filter(({ holds }) => !holds)
    .map((result) => {
      const { claim, error } = result;
      const entry = entries.get(claim);
      const numbers = shownText(claimNumbers(result));
      const message = error
        ? `The claim “${shownName(claim)}” could not be checked: ${shownText(error)}`
        : `The claim “${shownName(claim)}” does not hold${numbers ? `: ${numbers}` : '.'}`;
      return { diagnostic: warning(entry ? editorRange(entry.key) : place, message), fixes: [] };
    });
}
