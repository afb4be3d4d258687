import * as vscode from 'vscode';
import { engineSettings } from '../runs/engineProcesses.ts';
import type { ExperimentView } from '../runs/record.ts';
import type { RunService } from '../runs/runService.ts';
import { engineText, engineTooltip } from './engineText.ts';
import { guarded } from './guarded.ts';
import type { LabDocuments } from './labDocuments.ts';
import { isLabDocument } from './labFiles.ts';
import { throttled } from './throttled.ts';

/** What the status bar item shows. */
export interface EngineStatusSources {
  documents: LabDocuments;
  runs: RunService;
  /** The results panel, for the experiment visible in it. */
  panel: {
    readonly onView: { file: string; experiment: string } | null;
    readonly onDidChange: vscode.Event<void>;
  };
}

/** The status bar item that shows which engine computes the runs, while a lab file or the results panel is visible. */
export class EngineStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'depthLab.engine',
    vscode.StatusBarAlignment.Right,
    // To the left of VS Code's own items for the editor.
    101,
  );
  /** The experiment started last, by file. */
  private readonly started = new Map<string, string>();
  private readonly disposables: vscode.Disposable[] = [this.item];

  constructor(private readonly sources: EngineStatusSources) {
    this.item.name = 'Depth Lab: Engine';
    this.item.command = 'depthLab.selectEngine';
    const refresh = throttled(100, () => this.draw());
    this.disposables.push(
      refresh,
      sources.runs.subscribe((file, experiment, message) => {
        if (message.type === 'status' && message.status === 'loading') this.started.set(file, experiment);
        if (message.type === 'status' || message.type === 'view' || message.type === 'ran') refresh.call();
      }),
      sources.panel.onDidChange(() => refresh.call()),
      sources.documents.onDidChange(() => refresh.call()),
      vscode.window.onDidChangeActiveTextEditor(() => refresh.call()),
      vscode.window.onDidChangeTextEditorSelection(() => refresh.call()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('depthLab.engine')) refresh.call();
      }),
    );
    guarded(() => this.draw(), undefined);
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private draw(): void {
    const { panel, runs } = this.sources;
    const editor = vscode.window.activeTextEditor;
    const labEditor = editor && isLabDocument(editor.document) ? editor : null;
    const { onView } = panel;
    if (!labEditor && !onView) {
      this.item.hide();
      return;
    }
    const view = labEditor ? this.viewIn(labEditor) : onView && runs.view(onView.file, onView.experiment);
    const { engine } = engineSettings();
    this.item.text = engineText(engine, view);
    this.item.tooltip = new vscode.MarkdownString(engineTooltip(engine, view));
    this.item.show();
  }

  /** The experiment at the cursor or, if that has not run, the one in the file that ran last. */
  private viewIn({ document, selection }: vscode.TextEditor): ExperimentView | null {
    const file = document.uri.fsPath;
    const names = [this.sources.documents.at(document, selection.active)?.name, this.started.get(file)];
    for (const name of names) {
      const view = name === undefined ? null : this.sources.runs.view(file, name);
      if (view && view.status !== 'idle') return view;
    }
    return null;
  }
}
