import * as vscode from 'vscode';
import type { RunService } from '../runs/runService.ts';
import { guardedAsync } from './guarded.ts';
import type { LabDocuments } from './labDocuments.ts';
import type { Saves } from './saves.ts';

/** The live experiments: they run again whenever their file is saved. */
export class Live implements vscode.Disposable {
  private readonly names = new Map<string, Set<string>>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly saves: vscode.Disposable;

  readonly onDidChange = this.changed.event;

  constructor(
    private readonly documents: LabDocuments,
    private readonly runs: RunService,
    private readonly ownSaves: Saves,
  ) {
    this.saves = vscode.workspace.onDidSaveTextDocument((document) =>
      guardedAsync(() => this.saved(document), undefined),
    );
  }

  has(file: string, experiment: string): boolean {
    return this.names.get(file)?.has(experiment) ?? false;
  }

  /** Returns whether the experiment is live now. */
  toggle(file: string, experiment: string): boolean {
    const names = this.names.get(file) ?? new Set<string>();
    this.names.set(file, names);
    const on = !names.delete(experiment);
    if (on) names.add(experiment);
    this.changed.fire();
    return on;
  }

  /** Live experiments stay live in a file at its new path. */
  rename(from: string, to: string): void {
    const names = this.names.get(from);
    if (!names) return;
    this.names.delete(from);
    this.names.set(to, names);
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
    this.saves.dispose();
  }

  private async saved(document: vscode.TextDocument): Promise<void> {
    const file = document.uri.fsPath;
    if (!this.names.get(file)?.size || this.ownSaves.isOwn(file)) return;
    await this.documents.settledSoon(file);
    const live = this.documents.named(document).filter(({ name }) => this.has(file, name));
    if (live.length === 0) return;
    this.runs.start(
      file,
      live.map(({ name }) => name),
    );
  }
}
