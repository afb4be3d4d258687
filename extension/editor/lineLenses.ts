/** The code lenses above the lines within an experiment: run one of them alone, and results that the line has no room for. */
import * as vscode from 'vscode';
import type { FoundProperty } from '../definitions/index.ts';
import type { Cells } from '../report/grid.ts';
import { shownName, withoutIcons } from '../report/shownName.ts';
import type { RunService } from '../runs/runService.ts';
import { guardedAsync } from './guarded.ts';
import type { LabDocuments } from './labDocuments.ts';
import { isLabDocument } from './labFiles.ts';
import { inlineSettings, type LensKind, lensKinds } from './lensKinds.ts';
import { type Remark, remarksOf } from './remarks.ts';
import { throttled } from './throttled.ts';
import type { NamedCall } from './trackedDocument.ts';

/** With more experiments in a file, there are none. */
const MANY_CALLS = 200;

/** Names beside each other on one line are cut to this. */
const LONGEST_NAME = 24;

export class LineLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: vscode.Disposable[] = [this.changed];

  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    private readonly documents: LabDocuments,
    private readonly runs: RunService,
  ) {
    const refresh = throttled(300, () => {
      if (vscode.window.visibleTextEditors.some(({ document }) => this.hasLongLines(document))) this.changed.fire();
    });
    this.disposables.push(
      refresh,
      runs.subscribe((_file, _experiment, { type }) => {
        if (type !== 'sampled') refresh.call();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('depthLab')) this.changed.fire();
      }),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    return guardedAsync(async () => {
      await this.documents.settled(document);
      const isShown = lensKinds(document);
      const calls = this.documents.named(document);
      if (calls.length > MANY_CALLS) return [];
      return calls.flatMap((call) => [
        ...(isShown('only') && vscode.workspace.isTrusted ? onlyLenses(document, call) : []),
        ...this.resultLenses(document, call, isShown),
      ]);
    }, []);
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** The results of the lines that are too long to have them at their end. */
  private resultLenses(
    document: vscode.TextDocument,
    call: NamedCall,
    isShown: (kind: LensKind) => boolean,
  ): vscode.CodeLens[] {
    const { enabled, column } = inlineSettings(document);
    const file = document.uri.fsPath;
    const view = enabled && isShown('outcome') ? this.runs.view(file, call.name) : null;
    if (!view) return [];
    return remarksOf(view, call, this.documents.freshness(file, call.name))
      .filter((remark) => isTooLong(document, remark, column))
      .map(
        ({ line, text, colour }) =>
          new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
            title: withoutIcons(colour === 'depthLab.staleResult' ? `${text} (earlier text)` : text),
            command: 'depthLab.showResults',
            tooltip: 'Show the results',
            arguments: [document.uri, call.name],
          }),
      );
  }

  /** Whether results of a document stand above its lines: others need no lens when they change. */
  private hasLongLines(document: vscode.TextDocument): boolean {
    if (!isLabDocument(document)) return false;
    const { column } = inlineSettings(document);
    return this.documents.named(document).some(({ range: { start, end } }) => {
      const lines = Array.from({ length: end.line - start.line + 1 }, (_, i) => ({ line: start.line - 1 + i }));
      return lines.some((at) => isTooLong(document, at, column));
    });
  }
}

/** Whether a line has no room for what is remarked upon it: then it stands above the line. */
export function isTooLong(document: vscode.TextDocument, { line }: Pick<Remark, 'line'>, column: number): boolean {
  return line < document.lineCount && document.lineAt(line).text.length > column;
}

function onlyLenses({ uri }: vscode.TextDocument, call: NamedCall): vscode.CodeLens[] {
  const of = (properties: readonly FoundProperty[], cellsOf: (name: string) => Cells) =>
    // Where there is no other, only this is all.
    properties.length < 2
      ? []
      : properties.map(({ name, key }) => ({ name, line: key.start.line, cells: cellsOf(name) }));
  const all = [
    ...of(call.parameterizations, (parameterization) => ({ parameterization, optimizer: null })),
    ...of(call.optimizers, (optimizer) => ({ parameterization: null, optimizer })),
  ];
  return all.map(({ name, line, cells }) => {
    const isAlone = all.filter((other) => other.line === line).length === 1;
    const what = isAlone ? 'this' : withoutIcons(shownName(name, LONGEST_NAME));
    return new vscode.CodeLens(new vscode.Range(line - 1, 0, line - 1, 0), {
      title: `$(play) Only ${what}`,
      command: 'depthLab.runOnly',
      tooltip: `Run only ‘${shownName(name)}’. The other results stay where they are stored`,
      arguments: [uri, call.name, cells],
    });
  });
}
