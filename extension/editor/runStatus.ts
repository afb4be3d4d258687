/** The status bar item that counts the runs in progress of all experiments. */
import * as vscode from 'vscode';
import { expectedRuns } from '../report/onlySome.ts';
import { shownName, withoutIcons } from '../report/shownName.ts';
import { type ExperimentView, isBusy } from '../runs/record.ts';
import type { RunService } from '../runs/runService.ts';
import { escaped } from './escaped.ts';
import { throttled } from './throttled.ts';

/** Experiments named in the tooltip, at most. */
const MOST_NAMED = 20;

export class RunStatus implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('depthLab.runs', vscode.StatusBarAlignment.Left, 0);
  private readonly refresh = throttled(200, () => this.draw());
  private readonly subscription: { dispose(): void };

  constructor(private readonly runs: RunService) {
    this.item.name = 'Depth Lab: Runs in Progress';
    this.subscription = runs.subscribe((_file, _experiment, { type }) => {
      if (type === 'status' || type === 'view' || type === 'ran') this.refresh.call();
    });
  }

  dispose(): void {
    this.subscription.dispose();
    this.refresh.dispose();
    this.item.dispose();
  }

  private draw(): void {
    const busy = this.runs.choices().flatMap(({ file, experiment, status }) => {
      const view = isBusy({ status }) ? this.runs.view(file, experiment) : null;
      return view ? [view] : [];
    });
    const [first] = busy;
    if (!first) {
      this.item.hide();
      return;
    }
    const parts = busy.map(progressOf);
    const total = parts.reduce((sum, { expected }) => sum + expected, 0);
    const ended = parts.reduce((sum, one) => sum + one.ended, 0);
    this.item.text = `$(loading~spin) ${total > 0 ? `running ${ended} of ${total}` : 'loading'}`;
    this.item.tooltip = tooltip(busy);
    this.item.command = {
      title: 'Show Results',
      command: 'depthLab.showResults',
      arguments: [vscode.Uri.file(first.file), first.experiment],
    };
    this.item.show();
  }
}

function progressOf({ grid, runs, stale, status }: ExperimentView): { ended: number; expected: number } {
  // Before the grid is planned, what is on view is of an earlier run.
  if (!grid || stale || status === 'loading') return { ended: 0, expected: 0 };
  return {
    ended: runs.length,
    expected: expectedRuns(
      grid,
      runs.map(({ id }) => id),
    ),
  };
}

function tooltip(busy: readonly ExperimentView[]): vscode.MarkdownString {
  const lines = busy.slice(0, MOST_NAMED).map((view) => {
    const { ended, expected } = progressOf(view);
    const progress = expected > 0 ? `${ended} of ${expected} runs` : 'loading';
    return `- ${escaped(withoutIcons(shownName(view.experiment)))}: ${progress}`;
  });
  if (busy.length > MOST_NAMED) lines.push(`- and ${busy.length - MOST_NAMED} more`);
  const text = new vscode.MarkdownString(`${lines.join('\n')}\n\n[Stop all runs](command:depthLab.stopAll)`);
  text.isTrusted = { enabledCommands: ['depthLab.stopAll'] };
  return text;
}
