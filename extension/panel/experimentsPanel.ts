/** The table of all experiments of the workspace, in a panel of its own. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { ExperimentRow } from '../report/experimentRow.ts';
import type { ExperimentsSource } from '../runs/experimentsSource.ts';
import { type ExperimentsMessage, readExperimentsRequest } from './experimentsProtocol.ts';
import { pageHtml } from './html.ts';
import { EXPERIMENTS_VIEW_TYPE } from './viewType.ts';

export class ExperimentsPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private panel: vscode.WebviewPanel | null = null;
  private listening = false;
  private rows: ExperimentRow[] = [];
  private readonly subscription;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly source: ExperimentsSource,
  ) {
    this.subscription = source.onDidChange(() => void this.refresh());
  }

  /** Opens the table, or brings it to the front. */
  show(): void {
    if (this.panel) {
      this.panel.reveal();
      return;
    }
    this.adopt(
      vscode.window.createWebviewPanel(EXPERIMENTS_VIEW_TYPE, 'Experiments', vscode.ViewColumn.Active, this.options()),
    );
  }

  /** Called by VS Code with a table that was open before its window was reloaded. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    panel.webview.options = this.options();
    this.adopt(panel);
  }

  dispose(): void {
    this.subscription.dispose();
    this.panel?.dispose();
  }

  private options(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(this.extensionUri, 'dist')] };
  }

  private adopt(panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    const file = (...path: string[]) => vscode.Uri.joinPath(this.extensionUri, ...path);
    this.panel = panel;
    this.listening = false;
    panel.iconPath = { light: file('media', 'icon-light.svg'), dark: file('media', 'icon-dark.svg') };
    webview.onDidReceiveMessage((data: unknown) => this.receive(data));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.listening = false;
    });
    panel.onDidDispose(() => {
      if (this.panel === panel) this.panel = null;
      this.listening = false;
    });
    webview.html = pageHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(18).toString('base64'),
      scriptUri: webview.asWebviewUri(file('dist', 'experiments.js')).toString(),
      styleUri: webview.asWebviewUri(file('dist', 'experiments.css')).toString(),
    });
  }

  private receive(data: unknown): void {
    const request = readExperimentsRequest(data);
    if (!request) return;
    if (request.type === 'ready') {
      this.listening = true;
      void this.refresh();
      return;
    }
    const { file, experiment } = request;
    const row = this.rows.find((one) => one.file === file && one.experiment === experiment);
    if (row) this.source[request.type](row);
  }

  private async refresh(): Promise<void> {
    if (!this.listening) return;
    this.rows = await this.source.rows();
    if (this.listening)
      await this.panel?.webview.postMessage({ type: 'experiments', rows: this.rows } satisfies ExperimentsMessage);
  }
}
