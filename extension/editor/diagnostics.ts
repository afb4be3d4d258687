import * as vscode from 'vscode';
import type { Failure } from '../report/failure.ts';
import { shownText } from '../report/shownName.ts';
import type { RunService } from '../runs/runService.ts';
import { ClaimProblems } from './claimProblems.ts';
import { documentAt } from './contents.ts';
import { guardedAsync } from './guarded.ts';
import type { LabDocuments } from './labDocuments.ts';
import type { Mendable } from './mendable.ts';
import { movedRange } from './movedRange.ts';
import { resultDiagnostics } from './resultDiagnostics.ts';
import { throttled } from './throttled.ts';

const SOURCE = 'Depth Lab';

/** A diagnostic on view. */
export interface Shown extends Mendable {
  /** Where it is now that the text was edited; null if what it reports was. */
  range: vscode.Range | null;
  /** What it tells of; null if it is made anew from the text. */
  failure: Failure | null;
}

/** Reports failures and claims that do not hold in the Problems pane. */
export class Diagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('depthLab');
  private readonly disposables: vscode.Disposable[] = [this.collection];
  private readonly claims = new ClaimProblems();
  private version = 0;
  private known = new Map<string, Shown[]>();

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
      documents.onDidChange(() => refresh.call()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.claims.forget(uri.fsPath);
        refresh.call();
      }),
      runs.onFailures(() => refresh.call()),
      runs.subscribe((_file, _experiment, { type }) => {
        if (type === 'view' || type === 'claimed' || type === 'inspected' || type === 'status' || type === 'choices')
          refresh.call();
      }),
    );
  }

  /** What is reported in a file. */
  mendable(file: string): readonly Shown[] {
    return this.known.get(file) ?? [];
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async refresh(): Promise<void> {
    const version = ++this.version;
    const found = new Map<string, Shown[]>();
    const add = (file: string, diagnostic: vscode.Diagnostic, of: Partial<Omit<Shown, 'diagnostic'>> = {}) => {
      diagnostic.source = SOURCE;
      const own = found.get(file) ?? [];
      own.push({ diagnostic, fixes: [], range: diagnostic.range, failure: null, ...of });
      found.set(file, own);
    };
    const open = new Map(vscode.workspace.textDocuments.map((document) => [document.uri.fsPath, document]));
    await Promise.all([...open.keys()].map((file) => this.documents.settledSoon(file)));
    for (const failure of this.runs.failures()) {
      const { file } = failure;
      if (file === null) continue;
      const before = this.mendable(file).find((one) => one.failure === failure);
      const range = before?.range ?? before?.diagnostic.range ?? (await blamed(file, failure));
      const { fixes } = failure;
      // Where the text that is blamed was edited, it stays so.
      add(file, failureDiagnostic(range, failure), { failure, fixes, range: before?.range === null ? null : range });
    }
    for (const document of open.values()) {
      for (const { diagnostic, fixes } of this.claims.in(document, this.documents.calls(document))) {
        add(document.uri.fsPath, diagnostic, { fixes });
      }
    }
    for (const { file, experiment, status } of this.runs.choices()) {
      if (status === 'idle') continue;
      const view = this.runs.view(file, experiment);
      const document = open.get(file);
      const call = document && this.documents.callOf(document, experiment, view?.grid?.line);
      for (const { diagnostic, ...of } of view ? resultDiagnostics(view, call, document) : []) {
        add(file, diagnostic, of);
      }
    }
    if (version !== this.version) return;
    this.collection.clear();
    this.known = found;
    this.collection.set([...found].map(([file, own]) => [vscode.Uri.file(file), own.map((one) => one.diagnostic)]));
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
