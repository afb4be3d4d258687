/** The history of an experiment: shows earlier runs, pins them, and compares their text with that of now. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { HistoryEntry } from '../report/history.ts';
import type { Recalled } from '../report/recalled.ts';
import type { PinnedRuns } from '../runs/pinned.ts';
import type { RunService } from '../runs/runService.ts';
import { guardedAsync } from './guarded.ts';
import { changesText, dateText, outcomeText, plain } from './historyText.ts';
import { type Greyed, greyChanges } from './recalls.ts';

/** The scheme of documents that are lab files as they were. */
const SCHEME = 'depth-lab-history';

export interface Target {
  file: string;
  experiment: string;
}

export interface HistoryOptions extends Greyed {
  runs: RunService;
  pinned: PinnedRuns;
  recallRecord(file: string, experiment: string, record: string): Promise<Recalled | null>;
  showResults(file: string, experiment: string): void;
}

interface Item extends vscode.QuickPickItem {
  entry?: HistoryEntry;
}

const pinButton = { iconPath: new vscode.ThemeIcon('pin'), tooltip: 'Pin: draw it behind new results, and keep it' };
const unpinButton = { iconPath: new vscode.ThemeIcon('pinned'), tooltip: 'Unpin' };
const diffButton = { iconPath: new vscode.ThemeIcon('diff'), tooltip: 'Compare its text with that of now' };

export class RunHistory implements vscode.TextDocumentContentProvider, vscode.Disposable {
  /** Lab files as they were, by the paths of their documents. */
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  constructor(private readonly options: HistoryOptions) {}

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.path) ?? '';
  }

  /** Lists the runs of an experiment: choosing one shows its results. */
  async show({ file, experiment }: Target): Promise<void> {
    const entries = await this.options.pinned.history(file, experiment);
    if (entries.length === 0) {
      void vscode.window.showInformationMessage('Nothing is stored of this experiment yet: run it first.');
      return;
    }
    const pick = vscode.window.createQuickPick<Item>();
    pick.title = `History of ${plain(experiment)}`;
    pick.placeholder = 'Choose a run to show its results';
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.items = itemsOf(entries);
    pick.onDidTriggerItemButton(({ button, item }) => {
      const { entry } = item;
      if (!entry) return;
      if (button === diffButton) {
        pick.hide();
        void this.compare(entry);
      } else {
        void guardedAsync(async () => {
          const pin = { record: entry.key, isPinned: !entry.isPinned };
          pick.items = itemsOf(await this.options.pinned.pin(file, experiment, pin));
        }, undefined);
      }
    });
    pick.onDidAccept(() => {
      const entry = pick.selectedItems[0]?.entry;
      pick.hide();
      if (entry) void guardedAsync(() => this.recall(entry), undefined);
    });
    pick.onDidHide(() => pick.dispose());
    pick.show();
  }

  /** Pins the latest run of an experiment; where it is pinned already, unpins it. */
  async pin({ file, experiment }: Target): Promise<void> {
    const { pinned } = this.options;
    const [latest] = await pinned.history(file, experiment);
    if (latest) await pinned.pin(file, experiment, { record: latest.key, isPinned: !latest.isPinned });
    else void vscode.window.showInformationMessage('Nothing is stored of this experiment yet: run it first.');
  }

  /** Compares the text of a pinned run with that of now. */
  async compareWithPinned({ file, experiment }: Target): Promise<void> {
    const pinned = (await this.options.pinned.history(file, experiment)).filter(({ isPinned }) => isPinned);
    if (pinned.length === 0) void vscode.window.showInformationMessage('No run of this experiment is pinned.');
    const chosen = pinned.length > 1 ? await vscode.window.showQuickPick(itemsOf(pinned)) : itemsOf(pinned).at(-1);
    if (chosen?.entry) await this.compare(chosen.entry);
  }

  dispose(): void {
    this.registration.dispose();
  }

  /** Shows the results of an earlier run, greyed where the text has changed since. */
  private async recall({ file, experiment, key }: HistoryEntry): Promise<void> {
    const { runs, recallRecord, showResults } = this.options;
    const recalled = await recallRecord(file, experiment, key);
    if (!recalled) {
      void vscode.window.showWarningMessage('The runs of this entry are no longer stored.');
      return;
    }
    if (!runs.restore(recalled.view, true)) {
      void vscode.window.showInformationMessage('The experiment is running: stop it first.');
      return;
    }
    showResults(file, experiment);
    greyChanges(this.options, file, recalled);
  }

  /** Opens VS Code's diff editor on the text of a run and that of now. */
  private async compare({ file, key, text, date }: HistoryEntry): Promise<void> {
    const then = vscode.Uri.from({ scheme: SCHEME, path: `/${key}/${path.basename(file)}` });
    this.texts.set(then.path, text);
    const title = `${path.basename(file)}: ${dateText(date, Date.now())} ↔ now`;
    await vscode.commands.executeCommand('vscode.diff', then, vscode.Uri.file(file), title);
  }
}

function itemsOf(entries: readonly HistoryEntry[]): Item[] {
  const now = Date.now();
  const item = (entry: HistoryEntry): Item => ({
    entry,
    label: `${entry.isPinned ? '$(pinned) ' : ''}${dateText(entry.date, now)}`,
    description: plain(
      [outcomeText(entry), changesText(entry, entries[entries.indexOf(entry) + 1])].filter(Boolean).join(' · '),
    ),
    detail: entry.finding ? plain(entry.finding) : undefined,
    buttons: [diffButton, entry.isPinned ? unpinButton : pinButton],
  });
  const section = (label: string, isPinned: boolean): Item[] => {
    const own = entries.filter((entry) => entry.isPinned === isPinned);
    return own.length > 0 ? [{ label, kind: vscode.QuickPickItemKind.Separator }, ...own.map(item)] : [];
  };
  return [...section('pinned', true), ...section('runs', false)];
}
