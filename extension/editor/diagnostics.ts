import * as vscode from 'vscode';
import type { Fix } from '../lab/fixes.ts';
import { claimNumbers } from '../report/claimText.ts';
import type { Failure } from '../report/failure.ts';
import { shownName, shownText } from '../report/shownName.ts';
import { isBusy } from '../runs/record.ts';
import type { RunService } from '../runs/runService.ts';
import { documentAt } from './contents.ts';
import { guardedAsync } from './guarded.ts';
import type { LabDocuments } from './labDocuments.ts';
import { movedRange } from './movedRange.ts';
import { editorRange } from './ranges.ts';
import { throttled } from './throttled.ts';

const SOURCE = 'Depth Lab';

/** A diagnostic with ways to mend what it reports. */
export interface Mendable {
  diagnostic: vscode.Diagnostic;
  fixes: readonly Fix[];
  /** Where it is now that the text was edited; null if what it reports was. */
  range: vscode.Range | null;
  /** What it tells of; null if it is made anew from the text. */
  failure: Failure | null;
}

/** Reports failures and claims that do not hold in the Problems pane. */
export class Diagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('depthLab');
  private readonly disposables: vscode.Disposable[] = [this.collection];
  private version = 0;
  private known = new Map<string, Mendable[]>();

  constructor(
    private readonly documents: LabDocuments,
    private readonly runs: RunService,
  ) {
    const refresh = throttled(50, () => void guardedAsync(() => this.refresh(), undefined));
    this.disposables.push(
      refresh,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        for (const one of this.mendable(document.uri.fsPath)) one.range &&= movedRange(one.range, contentChanges);
      }),
      runs.onFailures(() => refresh.call()),
      runs.subscribe((_file, _experiment, { type }) => {
        if (type === 'view' || type === 'claimed' || type === 'status' || type === 'choices') refresh.call();
      }),
    );
  }

  /** What is reported in a file. */
  mendable(file: string): readonly Mendable[] {
    return this.known.get(file) ?? [];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async refresh(): Promise<void> {
    const version = ++this.version;
    const found = new Map<string, Mendable[]>();
    const add = (file: string, diagnostic: vscode.Diagnostic, of?: { failure: Failure; isSame: boolean }) => {
      diagnostic.source = SOURCE;
      const own = found.get(file) ?? [];
      const range = (of?.isSame ?? true) ? diagnostic.range : null;
      own.push({ diagnostic, fixes: of?.failure.fixes ?? [], range, failure: of?.failure ?? null });
      found.set(file, own);
    };
    const open = new Map(vscode.workspace.textDocuments.map((document) => [document.uri.fsPath, document]));
    await Promise.all([...open.keys()].map((file) => this.documents.settledSoon(file)));
    for (const failure of this.runs.failures()) {
      const { file } = failure;
      if (file === null) continue;
      const before = this.mendable(file).find((one) => one.failure === failure);
      const range = before?.range ?? before?.diagnostic.range ?? (await blamed(file, failure));
      add(file, failureDiagnostic(range, failure), { failure, isSame: before?.range !== null });
    }
    for (const { file, experiment, status } of this.runs.choices()) {
      if (status === 'idle') continue;
      for (const diagnostic of this.brokenClaims(open.get(file), file, experiment)) add(file, diagnostic);
    }
    if (version !== this.version) return;
    this.collection.clear();
    this.known = found;
    this.collection.set([...found].map(([file, own]) => [vscode.Uri.file(file), own.map((one) => one.diagnostic)]));
  }

  /** Warnings at the claims, or at the experiment's name if a claim is not found in the text. */
  private brokenClaims(
    document: vscode.TextDocument | undefined,
    file: string,
    experiment: string,
  ): vscode.Diagnostic[] {
    const view = this.runs.view(file, experiment);
    const call = document && this.documents.callOf(document, experiment, view?.grid?.line);
    if (!view?.grid || (view.stale && isBusy(view)) || (document && !call)) return [];
    const { line, column } = view.grid;
    const place = call ? editorRange(call.nameRange) : new vscode.Range(line - 1, column - 1, line - 1, column + 9);
    const entries = new Map(call?.claims.map((entry) => [entry.name, entry]));
    return view.claims
      .filter(({ holds }) => !holds)
      .map((result) => {
        const { claim, error } = result;
        const entry = entries.get(claim);
        const numbers = shownText(claimNumbers(result));
        const message = error
          ? `The claim “${shownName(claim)}” could not be checked: ${shownText(error)}`
          : `The claim “${shownName(claim)}” does not hold${numbers ? `: ${numbers}` : '.'}`;
        return new vscode.Diagnostic(
          entry ? editorRange(entry.key) : place,
          message,
          vscode.DiagnosticSeverity.Warning,
        );
      });
  }
}

function failureDiagnostic(range: vscode.Range, failure: Failure): vscode.Diagnostic {
  const message = [failure.message, ...(failure.hint ? [failure.hint] : [])].map((part) => shownText(part)).join('\n');
  const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
  diagnostic.code = failure.kind;
  return diagnostic;
}

/** The range of the failure; if only its start is known, the word there. */
async function blamed(file: string, { line, column, endLine, endColumn }: Failure): Promise<vscode.Range> {
  const start = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
  if (endLine !== null && endColumn !== null) {
    return new vscode.Range(start, new vscode.Position(Math.max(0, endLine - 1), Math.max(0, endColumn - 1)));
  }
  try {
    const document = documentAt(file) ?? (await vscode.workspace.openTextDocument(file));
    const at = document.validatePosition(start);
    return document.getWordRangeAtPosition(at) ?? new vscode.Range(at, at.translate(0, 1));
  } catch {
    return new vscode.Range(start, start.translate(0, 1));
  }
}
