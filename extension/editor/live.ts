import * as vscode from 'vscode';
import type { RunService } from '../runs/runService.ts';
import { documentAt } from './contents.ts';
import type { Dependencies } from './dependencies.ts';
import { guardedAsync } from './guarded.ts';
import type { LabDocuments } from './labDocuments.ts';
import type { Saves } from './saves.ts';
import { Typing } from './typing.ts';

export interface LiveOptions {
  documents: LabDocuments;
  dependencies: Dependencies;
  runs: RunService;
  /** Knows the saves that a run is the reason for. */
  saves: Saves;
  /** Whether the runs of a file are stored, and have a history. */
  isStored(file: string): boolean;
}

/**
 * The live experiments: they run again while they, or what they are made of, are edited, without a save. Whatever is not
 * the present text any more is stopped.
 */
export class Live implements vscode.Disposable {
  private readonly names = new Map<string, Set<string>>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly typing = new Typing((file) => void guardedAsync(() => this.look(file), undefined));
  /** Experiments whose results are those of a draft: they have no record in the history. */
  private readonly drafts = new Set<string>();
  private readonly disposables: vscode.Disposable[];

  readonly onDidChange = this.changed.event;

  constructor(private readonly options: LiveOptions) {
    const { dependencies, runs } = options;
    this.disposables = [
      this.changed,
      this.typing,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.edited(document.uri.fsPath);
      }),
      dependencies.onDidEdit((file) => this.edited(file)),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => void guardedAsync(() => this.saved(uri.fsPath), undefined)),
      runs.onStart((file, experiment) => this.drafts.delete(key(file, experiment))),
      runs.subscribe((file, experiment, message) => {
        if (message.type !== 'status' || message.status !== 'finished' || !runs.isDraft(file, experiment)) return;
        this.drafts.add(key(file, experiment));
        // Not while the run is being told of.
        setImmediate(() => this.record(file, experiment));
      }),
    ];
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
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** The live experiments that are in the text. */
  private liveIn(file: string): string[] {
    const document = documentAt(file);
    const named = document ? this.options.documents.named(document) : [];
    return named.flatMap(({ name }) => (this.has(file, name) ? [name] : []));
  }

  private edited(file: string): void {
    if (!this.names.get(file)?.size || !vscode.workspace.isTrusted) return;
    this.options.runs.typing(file);
    this.typing.edited(file);
  }

  /** Runs what is no longer what ran last, unless the text is half-typed. */
  private async look(file: string): Promise<void> {
    const { documents, dependencies, runs } = this.options;
    if (!(await dependencies.areComplete(file))) return;
    const changed = await documents.changed(file, this.liveIn(file));
    if (!changed || changed.length === 0) return;
    runs.start(file, changed, { draft: true });
  }

  /** What is saved runs if it has not run, and otherwise gets a record in the history. */
  private async saved(path: string): Promise<void> {
    const { documents, runs, saves } = this.options;
    if (!vscode.workspace.isTrusted || saves.isOwn(path)) return;
    if (this.names.get(path)?.size) {
      this.typing.drop(path);
      await documents.settledSoon(path);
      const live = this.liveIn(path);
      const others = (await documents.changed(path, live)) ?? live;
      if (others.length > 0) runs.start(path, others);
    }
    for (const file of this.names.keys()) for (const name of this.liveIn(file)) this.record(file, name);
  }

  /** Gives the results of a text that was unsaved, and no longer is, a record in the history. */
  private record(file: string, experiment: string): void {
    const { runs, dependencies, isStored } = this.options;
    const at = key(file, experiment);
    const isSaved = !documentAt(file)?.isDirty && dependencies.areSaved(file);
    if (!this.drafts.has(at) || !isSaved || runs.view(file, experiment)?.status !== 'finished') return;
    this.drafts.delete(at);
    if (isStored(file)) runs.start(file, [experiment]);
  }
}

const key = (file: string, experiment: string) => `${file}\n${experiment}`;
