import * as vscode from 'vscode';
import type { ExperimentView } from '../runs/record.ts';
import type { RunService } from '../runs/runService.ts';
import { linesOf, measureOf } from './cells.ts';
import type { LabDocuments, NamedCall } from './labDocuments.ts';
import { isLabDocument } from './labFiles.ts';
import { optimizerText } from './pathText.ts';
import { experimentText, parameterizationText } from './resultText.ts';
import { throttled } from './throttled.ts';

/** Colours contributed for parameterizations, as in the results panel. */
const COLOURS = 8;

interface Remark {
  /** From 0. */
  line: number;
  text: string;
  colour: string;
}

/** Draws results beside the lines they belong to. */
export class InlineResults implements vscode.Disposable {
  private readonly decoration = vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  private readonly disposables: vscode.Disposable[] = [this.decoration];

  constructor(
    private readonly documents: LabDocuments,
    private readonly runs: RunService,
  ) {
    const refresh = throttled(120, () => this.drawAll());
    this.disposables.push(
      refresh,
      runs.subscribe(() => refresh.call()),
      documents.onDidChange((document) => this.drawIn(document)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.drawAll()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('depthLab.inlineResults')) this.drawAll();
      }),
    );
    this.drawAll();
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private drawAll(): void {
    for (const editor of vscode.window.visibleTextEditors) this.draw(editor);
  }

  private drawIn(document: vscode.TextDocument): void {
    for (const editor of vscode.window.visibleTextEditors) if (editor.document === document) this.draw(editor);
  }

  private draw(editor: vscode.TextEditor): void {
    const { document } = editor;
    if (!isLabDocument(document)) return;
    const enabled = vscode.workspace.getConfiguration('depthLab', document).get('inlineResults.enabled', true);
    const remarks = enabled ? this.documents.named(document).flatMap((call) => this.remarks(document, call)) : [];
    editor.setDecorations(
      this.decoration,
      remarks.map((remark) => option(document, remark)),
    );
  }

  private remarks(document: vscode.TextDocument, call: NamedCall): Remark[] {
    const file = document.uri.fsPath;
    const view = this.runs.view(file, call.name);
    const measure = view && measureOf(view);
    if (!view || !measure) return [];
    const { frameChanged, changed } = this.documents.freshness(file, call.name);
    const colour = (fresh: string, isStale: boolean) =>
      frameChanged || isStale || isOld(view) ? 'depthLab.staleResult' : fresh;
    const results = linesOf(view, measure);
    const remarks: Remark[] = [];
    const add = (line: number, text: string, themed: string) => {
      if (text) remarks.push({ line: line - 1, text, colour: themed });
    };
    add(call.line, experimentText(results, measure), colour('depthLab.inlineResult', changed.size > 0));
    const lines = [...call.parameterizations, ...call.optimizers].map(({ key }) => key.start.line);
    const isAlone = (line: number) => lines.filter((other) => other === line).length === 1 && line !== call.line;
    for (const { name, key } of call.parameterizations) {
      const index = view.grid?.parameterizations.indexOf(name) ?? -1;
      const text = parameterizationText(results, name, measure);
      const series = `depthLab.parameterization${(Math.max(0, index) % COLOURS) + 1}`;
      add(
        key.start.line,
        text && (isAlone(key.start.line) ? text : `${name}: ${text}`),
        colour(series, changed.has(name)),
      );
    }
    for (const { name, key } of call.optimizers) {
      const text = optimizerText(view, name);
      const shown = text && !isAlone(key.start.line) ? `${name}: ${text}` : text;
      add(key.start.line, shown, colour('depthLab.inlineResult', changed.size > 0));
    }
    for (const { name, key } of call.claims) {
      const claim = view.claims.find((other) => other.claim === name);
      if (!claim) continue;
      const text = claim.holds ? '✓' : claim.error ? `✗ ${claim.error.split('\n', 1)[0]}` : '✗ does not hold';
      const themed = claim.holds ? 'testing.iconPassed' : 'testing.iconFailed';
      add(key.start.line, text, colour(themed, changed.size > 0));
    }
    return remarks;
  }
}

/** A new run has started and has no results yet. */
const isOld = ({ stale, status }: ExperimentView) => stale && status !== 'finished';

function option(document: vscode.TextDocument, { line, text, colour }: Remark): vscode.DecorationOptions {
  const end = document.lineAt(Math.min(line, document.lineCount - 1)).range.end;
  return {
    range: new vscode.Range(end, end),
    renderOptions: {
      after: { contentText: text, color: new vscode.ThemeColor(colour), margin: '0 0 0 2em' },
    },
  };
}
