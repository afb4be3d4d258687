import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Knob, Turn } from '../report/knob.ts';
import { shownName } from '../report/shownName.ts';
import type { ViewMessage } from '../report/view.ts';
import type { PinnedRuns } from '../runs/pinned.ts';
import type { ResultsSource } from '../runs/resultsSource.ts';
import { pageHtml } from './html.ts';
import { readKeptState, readWebviewMessage } from './validate.ts';
import { RESULTS_VIEW_TYPE } from './viewType.ts';

/** Milliseconds between two lists of choices: thousands of experiments can change at once, and each list has them all. */
const CHOICES_INTERVAL = 60;

/**
 * A results panel: a webview beside the editor that shows one experiment at a time.
 * Nothing is sent to it while it is hidden; when it becomes visible, its page reloads and asks for the whole view.
 */
export class ResultsPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private panel: vscode.WebviewPanel | null = null;
  private shown: { file: string; experiment: string } | null = null;
  /** Whether the page has loaded and listens. */
  private listening = false;
  private choicesTimer: NodeJS.Timeout | null = null;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly lit = new vscode.EventEmitter<{ parameterization: string | null; optimizer: string | null }>();
  private readonly turned = new vscode.EventEmitter<Turn>();
  private readonly disposables: vscode.Disposable[] = [this.changed, this.lit, this.turned];

  /** Fires when a knob is turned. */
  readonly onDidTurn = this.turned.event;

  /** Fires when it shows another experiment, becomes visible or hidden, or has loaded its page. */
  readonly onDidChange = this.changed.event;

  /** Fires with what the pointer is at in the page. */
  readonly onDidLight = this.lit.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly source: ResultsSource,
    private readonly pinned: PinnedRuns,
  ) {
    this.disposables.push(
      source.subscribe((file, experiment, message) => this.forward(file, experiment, message)),
      pinned.subscribe((file, experiment) => this.isShown(file, experiment) && this.sendPinned()),
    );
  }

  get isOpen(): boolean {
    return this.panel !== null;
  }

  /** The experiment visible in it. */
  get onView(): { file: string; experiment: string } | null {
    return this.panel?.visible ? this.shown : null;
  }

  /** The column that it stands in. */
  get column(): vscode.ViewColumn | undefined {
    return this.panel?.viewColumn;
  }

  /**
   * Shows an experiment, without moving the focus.
   * @param column where it opens if it is not open: beside the editor, unless given
   */
  show(file: string, experiment: string, column: vscode.ViewColumn = vscode.ViewColumn.Beside): void {
    const same = this.isShown(file, experiment);
    this.shown = { file, experiment };
    if (!this.panel) {
      const place = { viewColumn: column, preserveFocus: true };
      this.adopt(vscode.window.createWebviewPanel(RESULTS_VIEW_TYPE, 'Depth Lab', place, this.options()));
      return;
    }
    this.panel.title = `Depth Lab: ${shownName(experiment)}`;
    if (!this.panel.visible) this.panel.reveal(undefined, true);
    if (!same) this.sendView();
    this.changed.fire();
  }

  /** Lights up what the cursor in the text is at. */
  light(names: { parameterization: string | null; optimizer: string | null }): void {
    this.send({ type: 'light', ...names });
  }

  /** Shows the numbers of the text that can be turned. */
  showKnobs(knobs: readonly Knob[]): void {
    this.send({ type: 'knobs', knobs });
  }

  /** Follows the file on view to its new path. */
  rename(from: string, to: string): void {
    if (this.shown?.file === from) this.show(to, this.shown.experiment);
  }

  /** Called by VS Code with a panel that was open before its window was reloaded. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.shown = readKeptState(state);
    panel.webview.options = this.options();
    this.adopt(panel);
    this.chooseIfNone();
  }

  dispose(): void {
    this.panel?.dispose();
    if (this.choicesTimer) clearTimeout(this.choicesTimer);
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  private options(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(this.context.extensionUri, 'dist')] };
  }

  private adopt(panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    const file = (...path: string[]) => vscode.Uri.joinPath(this.context.extensionUri, ...path);
    this.panel = panel;
    this.listening = false;
    panel.title = this.shown ? `Depth Lab: ${shownName(this.shown.experiment)}` : 'Depth Lab';
    panel.iconPath = { light: file('media', 'icon-light.svg'), dark: file('media', 'icon-dark.svg') };
    webview.onDidReceiveMessage((data: unknown) => this.receive(data));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.listening = false;
      this.changed.fire();
    });
    panel.onDidDispose(() => {
      if (this.panel === panel) this.panel = null;
      this.listening = false;
      this.changed.fire();
    });
    webview.html = pageHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(18).toString('base64'),
      scriptUri: webview.asWebviewUri(file('dist', 'webview.js')).toString(),
      styleUri: webview.asWebviewUri(file('dist', 'webview.css')).toString(),
    });
    this.changed.fire();
  }

  private receive(data: unknown): void {
    const message = readWebviewMessage(data);
    if (!message) return;
    switch (message.type) {
      case 'ready':
        this.listening = true;
        this.sendView();
        this.changed.fire();
        break;
      case 'run':
        if (this.shown) this.source.run(this.shown.file, this.shown.experiment);
        break;
      case 'stop':
        if (this.shown) this.source.stop(this.shown.file, this.shown.experiment);
        break;
      case 'command':
        this.command(message.name);
        break;
      case 'export':
        this.command('export', message.of);
        break;
      case 'select':
        this.show(message.file, message.experiment);
        break;
      case 'light':
        this.lit.fire({ parameterization: message.parameterization, optimizer: message.optimizer });
        break;
      case 'turn':
        if (this.shown) this.turned.fire({ ...this.shown, id: message.id, value: message.value, isEnd: message.isEnd });
        break;
      case 'reveal':
        void reveal(message.file, message.line, message.column);
        break;
    }
  }

  /** Calls a command of the extension on the experiment on view. */
  private command(name: string, ...more: unknown[]): void {
    if (!this.shown) return;
    const { file, experiment } = this.shown;
    void vscode.commands.executeCommand(`depthLab.${name}`, vscode.Uri.file(file), experiment, ...more);
  }

  private isShown(file: string, experiment: string): boolean {
    return this.shown?.file === file && this.shown.experiment === experiment;
  }

  /**
   * A panel whose window was reloaded before its page could say what it showed takes the first experiment that becomes
   * known.
   */
  private chooseIfNone(): void {
    const [first] = this.panel && !this.shown ? this.source.choices() : [];
    if (first) this.show(first.file, first.experiment);
  }

  /** Forwards changes of the experiment on view; for other experiments, only the list of choices. */
  private forward(file: string, experiment: string, message: ViewMessage): void {
    this.chooseIfNone();
    if (this.isShown(file, experiment)) this.send(message);
    else if (message.type === 'status' || message.type === 'view' || message.type === 'choices') this.sendChoices();
  }

  private sendChoices(): void {
    if (!this.listening) return;
    this.choicesTimer ??= setTimeout(() => {
      this.choicesTimer = null;
      this.send({ type: 'choices', choices: this.source.choices() });
    }, CHOICES_INTERVAL);
  }

  private sendView(): void {
    const view = this.shown && this.source.view(this.shown.file, this.shown.experiment);
    this.send({ type: 'view', view, choices: this.source.choices() });
    this.sendPinned();
  }

  /** Sends the pinned runs of the experiment on view, and reads them from the store where that has not happened yet. */
  private sendPinned(): void {
    if (!this.shown || !this.listening) return;
    const { file, experiment } = this.shown;
    const pinned = this.pinned.of(file, experiment);
    if (pinned.length > 0) this.send({ type: 'pinned', pinned });
    this.pinned.load(file, experiment).catch((error) => console.error('Depth Lab:', error));
  }

  private send(message: ViewMessage): void {
    if (this.listening) void this.panel?.webview.postMessage(message);
  }
}

/** Shows a position in the editor that has the file open, otherwise in the first column. */
async function reveal(file: string, line: number, column: number): Promise<void> {
  const uri = vscode.Uri.file(file);
  const open = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.fsPath === uri.fsPath);
  const position = new vscode.Position(line - 1, column - 1);
  try {
    await vscode.window.showTextDocument(uri, {
      viewColumn: open?.viewColumn ?? vscode.ViewColumn.One,
      selection: new vscode.Range(position, position),
    });
  } catch {
    void vscode.window.showWarningMessage(`Depth Lab: could not open ${shownName(file, 200)}.`);
  }
}
