import * as vscode from 'vscode';
import type { FoundCall } from '../definitions/index.ts';
import { type ExperimentView, isBusy } from '../runs/record.ts';
import type { RunService } from '../runs/runService.ts';
import type { LabDocuments } from './labDocuments.ts';
import { outcomeText, progressText } from './lensText.ts';
import type { Live } from './live.ts';
import { editorRange } from './ranges.ts';
import { throttled } from './throttled.ts';

/** The code lenses above each experiment: commands, progress, outcome. */
export class Lenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: vscode.Disposable[] = [this.changed];

  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    private readonly documents: LabDocuments,
    private readonly runs: RunService,
    private readonly live: Live,
  ) {
    const refresh = throttled(150, () => this.changed.fire());
    // VS Code may drop a refresh while its editors are being rearranged, as happens when results open beside the editor.
    // On a busy machine that takes seconds.
    const later = [1500, 6000].map((delay) => throttled(delay, () => this.changed.fire()));
    const again = () => {
      for (const one of later) one.call();
    };
    this.disposables.push(
      refresh,
      ...later,
      runs.subscribe((_file, _experiment, { type }) => {
        if (type === 'sampled' || type === 'projected' || type === 'summarized') return;
        refresh.call();
        again();
      }),
      live.onDidChange(() => {
        this.changed.fire();
        again();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('depthLab.lenses')) this.changed.fire();
      }),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!vscode.workspace.getConfiguration('depthLab', document).get('lenses.enabled', true)) return [];
    return this.documents.calls(document).flatMap((call) => this.lensesOf(document, call));
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private lensesOf(document: vscode.TextDocument, call: FoundCall): vscode.CodeLens[] {
    const range = editorRange({ start: call.range.start, end: call.nameRange.start });
    const lens = (title: string, command: string, tooltip: string, ...parameters: unknown[]) =>
      new vscode.CodeLens(range, { title, command, tooltip, arguments: [document.uri, ...parameters] });
    const { name } = call;
    if (name === null) {
      const outcomes = this.computed(document, call).map((view) => {
        const words = isBusy(view) ? progressText(view) : outcomeText(view);
        return lens(`${view.experiment}: ${words}`, 'depthLab.showResults', outcomeTooltip(view), view.experiment);
      });
      const tooltip = 'Experiments with computed names: they are known only when the file runs';
      return [lens('$(run-all) Run all (names are computed)', 'depthLab.runAll', tooltip), ...outcomes];
    }
    const view = this.runs.view(document.uri.fsPath, name);
    const live = this.live.has(document.uri.fsPath, name)
      ? lens('$(sync) Live: on', 'depthLab.toggleLive', 'Runs again with every save. Click to turn it off', name)
      : lens('$(sync) Live', 'depthLab.toggleLive', 'Run now, and again with every save', name);
    if (view && isBusy(view)) {
      return [
        lens('$(debug-stop) Stop', 'depthLab.stop', 'Stop this run', name),
        live,
        lens(`$(loading~spin) ${progressText(view)}`, 'depthLab.showResults', 'Show the results', name),
      ];
    }
    const lenses = [lens('$(play) Run', 'depthLab.run', 'Run this experiment', name), live];
    const outcome = view && outcomeText(view);
    if (outcome) lenses.push(lens(outcome, 'depthLab.showResults', outcomeTooltip(view), name));
    return lenses;
  }

  /** The experiments created by a call with a computed name. */
  private computed(document: vscode.TextDocument, call: FoundCall): ExperimentView[] {
    const file = document.uri.fsPath;
    return this.runs.choices().flatMap((choice) => {
      if (choice.file !== file || choice.status === 'idle') return [];
      const view = this.runs.view(file, choice.experiment);
      return view?.grid && this.documents.callOf(document, choice.experiment, view.grid.line) === call ? [view] : [];
    });
  }
}

function outcomeTooltip({ finishedAt, failure, claims }: ExperimentView): string {
  const lines = failure ? [failure.message, ...(failure.hint ? [failure.hint] : [])] : [];
  for (const { claim, holds, error } of claims)
    lines.push(`${holds ? '✓' : '✗'} ${claim}${error ? ` (${error})` : ''}`);
  if (finishedAt !== null) lines.push(`Finished ${new Date(finishedAt).toLocaleTimeString()}`);
  return [...lines, 'Click to show the results'].join('\n');
}
