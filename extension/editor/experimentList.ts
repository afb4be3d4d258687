/** All experiments of the workspace: found in the texts of its lab files, with what is stored of them. Nothing is executed. */
import * as vscode from 'vscode';
import { findExperiments } from '../definitions/index.ts';
import type { ExperimentRow, LatestRun } from '../report/experimentRow.ts';
import type { HistoryEntry } from '../report/history.ts';
import type { ExperimentsSource } from '../runs/experimentsSource.ts';
import type { RunService } from '../runs/runService.ts';
import { isLabDocument, LAB_FILES } from './labFiles.ts';
import { throttled } from './throttled.ts';
import { requireTrust } from './trust.ts';
import { currentText, workspaceLabFiles } from './workspaceFiles.ts';

/** Milliseconds between two lists. */
const PAUSE = 500;

export interface ExperimentListOptions {
  runs: RunService;
  /** The latest record of every experiment in the stores of some files. */
  allHistory(files: readonly string[]): Promise<HistoryEntry[]>;
  showResults(file: string, experiment: string): void;
}

export class ExperimentList implements ExperimentsSource, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** When runs of this window were stopped or failed, in milliseconds since the epoch, by file and name. */
  private readonly ended = new Map<string, number>();
  private readonly disposables: vscode.Disposable[];

  readonly onDidChange = this.changed.event;

  constructor(private readonly options: ExperimentListOptions) {
    const tell = throttled(PAUSE, () => this.changed.fire());
    const watcher = vscode.workspace.createFileSystemWatcher(LAB_FILES);
    this.disposables = [
      this.changed,
      tell,
      watcher,
      watcher.onDidCreate(() => tell.call()),
      watcher.onDidDelete(() => tell.call()),
      vscode.workspace.onDidSaveTextDocument((document) => isLabDocument(document) && tell.call()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => tell.call()),
      options.runs.subscribe((file, experiment, message) => {
        if (message.type !== 'status') return;
        const { status } = message;
        if (status === 'canceled' || status === 'failed') this.ended.set(key(file, experiment), Date.now());
        tell.call();
      }),
    ];
  }

  async rows(): Promise<ExperimentRow[]> {
    const files = new Map((await workspaceLabFiles()).map((uri) => [uri.fsPath, uri]));
    const found = await Promise.all([...files.values()].map(experimentsIn));
    const stored = await this.latest([...files.keys()]);
    const rows = found.flat().map((row): ExperimentRow => {
      const at = key(row.file, row.experiment);
      const latest = stored.get(at) ?? null;
      stored.delete(at);
      return { ...row, latest: this.ofWindow(row) ?? latest };
    });
    // What is stored and no longer defined, or has a name that only running tells.
    for (const entry of stored.values()) {
      if (!files.has(entry.file)) continue;
      const { file, experiment } = entry;
      rows.push({ file, path: shownPath(file), experiment, line: null, latest: entry });
    }
    return rows.sort((a, b) => a.path.localeCompare(b.path) || (a.line ?? Infinity) - (b.line ?? Infinity));
  }

  open({ file, experiment, line }: ExperimentRow): void {
    const position = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
    const selection = new vscode.Range(position, position);
    void vscode.window
      .showTextDocument(vscode.Uri.file(file), { selection, viewColumn: vscode.ViewColumn.One })
      .then(() => this.options.showResults(file, experiment));
  }

  run(row: ExperimentRow): void {
    if (!requireTrust()) return;
    this.options.showResults(row.file, row.experiment);
    this.options.runs.start(row.file, [row.experiment]);
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** The results of this window, which are not stored where the store is off; null while it has none of its own. */
  private ofWindow({ file, experiment }: Pick<ExperimentRow, 'file' | 'experiment'>): LatestRun | null {
    const view = this.options.runs.view(file, experiment);
    if (!view?.grid || !(view.status === 'finished' || view.status === 'canceled' || view.status === 'failed'))
      return null;
    const { status, grid, claims, summary, seconds, runs } = view;
    const date = view.finishedAt ?? this.ended.get(key(file, experiment));
    // Results that were brought back: the store knows when they ended.
    if (date === undefined) return null;
    return {
      ...{ date, outcome: status, seconds, finding: summary?.sentence ?? null },
      claims: { held: claims.filter(({ holds }) => holds).length, total: grid.claims.length },
      runs: { ended: runs.length, total: grid.runs.length },
    };
  }

  /** What is stored, by file and name. */
  private async latest(files: readonly string[]): Promise<Map<string, HistoryEntry>> {
    const all = vscode.workspace.isTrusted ? await this.options.allHistory(files) : [];
    return new Map(all.map((entry) => [key(entry.file, entry.experiment), entry]));
  }
}

async function experimentsIn(uri: vscode.Uri): Promise<Omit<ExperimentRow, 'latest'>[]> {
  return findExperiments(await currentText(uri)).map(({ name, line }) => ({
    file: uri.fsPath,
    path: shownPath(uri.fsPath),
    experiment: name,
    line,
  }));
}

const shownPath = (file: string) => vscode.workspace.asRelativePath(file);
const key = (file: string, experiment: string) => `${file}\n${experiment}`;
