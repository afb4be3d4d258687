/** Reports names in claims that neither the experiment defines nor theory knows, while the text is typed. */
import * as vscode from 'vscode';
import { type ClaimName, type ClaimNames, claimNames, type FoundCall, type Named } from '../definitions/index.ts';
import { didYouMean, type Fix } from '../lab/fixes.ts';
import { closest } from '../lab/options.ts';
import { measuredBy, type Predicted, predictedNames } from '../lab/theory/names.ts';
import { shownName } from '../report/shownName.ts';
import type { Mendable } from './mendable.ts';
import { editorRange } from './ranges.ts';

/** In larger files, names are checked when the experiment runs. */
const MOST_CALLS = 200;

/** What is wrong with a name, by the offset in the text of its experiment. */
interface Unknown {
  at: ClaimName;
  message: string;
  fixes: Fix[];
}

export class ClaimProblems {
  /** By the text of an experiment; of one file only what it has now. */
  private readonly known = new Map<string, ReadonlyMap<string, Unknown[]>>();

  in(document: vscode.TextDocument, calls: readonly FoundCall[]): Mendable[] {
    const before = this.known.get(document.uri.fsPath);
    const now = new Map<string, Unknown[]>();
    const found = (calls.length > MOST_CALLS ? [] : calls).flatMap((call) => {
      if (call.claims.length === 0) return [];
      const range = editorRange(call.range);
      const text = document.getText(range);
      const unknown = before?.get(text) ?? unknownNames(text);
      now.set(text, unknown);
      const start = document.offsetAt(range.start);
      return unknown.map(({ at, message, fixes }): Mendable => {
        const place = new vscode.Range(document.positionAt(start + at.from), document.positionAt(start + at.to));
        return { diagnostic: new vscode.Diagnostic(place, message, vscode.DiagnosticSeverity.Warning), fixes };
      });
    });
    this.known.set(document.uri.fsPath, now);
    return found;
  }

  forget(file: string): void {
    this.known.delete(file);
  }
}

/** @param text that of one call of `experiment` */
export function unknownNames(text: string): Unknown[] {
  const { names, defined } = claimNames(text);
  return names.flatMap((at) => {
    const known = knownNames(at.of, defined);
    if (!known || known.length === 0 || known.includes(at.name)) return [];
    const near = closest(at.name, known);
    const hint = near === null ? `There ${known.length === 1 ? 'is' : 'are'} ${listed(known)}.` : didYouMean(near);
    return [{ at, message: `${unknownText(at)}\n${hint}`, fixes: fixesOf(text, at, near) }];
  });
}

/** The names that are right at a place; null where they are known only after running the file. */
const knownNames = (of: Named, defined: ClaimNames['defined']): readonly string[] | null =>
  of === 'optimizer' || of === 'parameterization' ? defined[of] : predictedNames[of];

function unknownText({ of, name }: ClaimName): string {
  const shown = shownName(name);
  if (of === 'optimizer' || of === 'parameterization') return `There is no ${of} '${shown}' in this experiment.`;
  const [other] = kinds.filter((kind) => kind !== of && isAmong(name, predictedNames[kind]));
  return other
    ? `'${shown}' is a ${other}, measured by result.${measuredBy[other]}; result.${measuredBy[of]} measures a ${of}.`
    : `Theory predicts no ${of} '${shown}'.`;
}

const kinds = Object.keys(predictedNames) as Predicted[];

const isAmong = (name: string, names: readonly string[]) => names.includes(name);

function fixesOf(text: string, { from, to }: ClaimName, near: string | null): Fix[] {
  if (near === null) return [];
  const was = text.slice(from, to);
  const quote = was[0] ?? "'";
  const name = near.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
  return [{ type: 'replace', was, text: `${quote}${name}${quote}`, imports: [] }];
}

const listed = (names: readonly string[]) =>
  `${names
    .slice(0, 5)
    .map((name) => `'${shownName(name)}'`)
    .join(', ')}${names.length > 5 ? ', …' : ''}`;
