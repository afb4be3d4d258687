/** The results panels: one that follows what is run, and further ones that stay with their experiment. */
import type * as vscode from 'vscode';
import type { ResultsPanel } from './panel.ts';

export class ResultsPanels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly first: ResultsPanel;
  private readonly others = new Set<ResultsPanel>();

  /** @param create makes a panel that is not open yet */
  constructor(private readonly create: () => ResultsPanel) {
    this.first = create();
  }

  /** The experiment visible in the first panel. */
  get onView(): { file: string; experiment: string } | null {
    return this.first.onView;
  }

  /** Fires when the first panel shows another experiment, or becomes visible or hidden. */
  get onDidChange(): ResultsPanel['onDidChange'] {
    return this.first.onDidChange;
  }

  /** Fires with what the pointer is at in the first panel. */
  get onDidLight(): ResultsPanel['onDidLight'] {
    return this.first.onDidLight;
  }

  /** Fires when a knob is turned in the first panel. */
  get onDidTurn(): ResultsPanel['onDidTurn'] {
    return this.first.onDidTurn;
  }

  showKnobs(knobs: Parameters<ResultsPanel['showKnobs']>[0]): void {
    this.first.showKnobs(knobs);
  }

  /** Shows an experiment in the first panel. */
  show(file: string, experiment: string): void {
    this.first.show(file, experiment);
  }

  /** Shows an experiment in a further panel, to the right of those that are open. */
  showBeside(file: string, experiment: string): void {
    const columns = [this.first, ...this.others].flatMap(({ column }) => column ?? []);
    this.another().show(file, experiment, columns.length > 0 ? Math.max(...columns) + 1 : undefined);
  }

  light(names: Parameters<ResultsPanel['light']>[0]): void {
    this.first.light(names);
  }

  rename(from: string, to: string): void {
    for (const panel of [this.first, ...this.others]) panel.rename(from, to);
  }

  async deserializeWebviewPanel(webview: vscode.WebviewPanel, state: unknown): Promise<void> {
    const panel = this.first.isOpen ? this.another() : this.first;
    await panel.deserializeWebviewPanel(webview, state);
  }

  dispose(): void {
    for (const panel of [this.first, ...this.others]) panel.dispose();
  }

  private another(): ResultsPanel {
    const panel = this.create();
    this.others.add(panel);
    panel.onDidChange(() => {
      if (!panel.isOpen && this.others.delete(panel)) panel.dispose();
    });
    return panel;
  }
}
