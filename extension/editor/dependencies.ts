/** Which files experiments are made of besides their own, and whether these are still what ran. */
import * as vscode from 'vscode';
import type { DataFile, SourceText } from '../report/recalled.ts';
import type { RunService } from '../runs/runService.ts';
import { contentOf, contentOfText, documentAt, type Kind } from './contents.ts';
import { guardedAsync } from './guarded.ts';
import type { LabDocuments } from './labDocuments.ts';

/** A file that an experiment is made of, as it was when it ran. */
interface Part {
  kind: Kind;
  digest: Promise<string | null>;
}

interface Dependent {
  file: string;
  experiment: string;
  parts: Map<string, Part>;
  /** The parts that are others now. */
  changed: Set<string>;
}

export class Dependencies implements vscode.Disposable {
  private readonly dependents = new Map<string, Dependent>();
  /** Files with syntax errors. */
  private readonly halfTyped = new Set<string>();
  /** Comparisons in progress, by the file that is compared. */
  private readonly pending = new Map<string, Promise<unknown>>();
  private readonly edited = new vscode.EventEmitter<string>();
  private readonly disposables: vscode.Disposable[] = [this.edited];
  private watcher: vscode.Disposable | null = null;

  /** Fires with a lab file when something that it is made of was edited. */
  readonly onDidEdit = this.edited.event;

  constructor(
    private readonly documents: LabDocuments,
    runs: RunService,
  ) {
    this.disposables.push(
      runs.onStart((file, experiment) => this.started(file, experiment)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.look(document.uri);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.look(uri)),
    );
  }

  /** Tells what an experiment was made of when it ran, with absolute paths. */
  remember(file: string, experiment: string, { sources, data }: { sources: SourceText[]; data: DataFile[] }): void {
    const parts = new Map<string, Part>();
    for (const { file: path, text } of sources) {
      const kind = path.endsWith('.json') ? 'text' : 'code';
      parts.set(path, { kind, digest: contentOfText(text, kind).then(({ digest }) => digest) });
    }
    for (const { file: path, hash } of data) parts.set(path, { kind: 'bytes', digest: Promise.resolve(hash) });
    this.dependents.set(key(file, experiment), { file, experiment, parts, changed: new Set() });
    if (parts.size > 0) this.watch();
    for (const path of parts.keys()) this.compare(path);
  }

  /** An experiment runs with what its parts are now. */
  private started(file: string, experiment: string): void {
    const dependent = this.dependents.get(key(file, experiment));
    for (const [path, part] of dependent?.parts ?? []) {
      const now = contentOf(path, part.kind);
      dependent?.parts.set(path, { ...part, digest: now.then((content) => content?.digest ?? null) });
    }
    dependent?.changed.clear();
  }

  /** Whether all that the experiments of a file are made of is free of syntax errors; waits for what is being compared. */
  async areComplete(file: string): Promise<boolean> {
    const paths = this.pathsOf(file);
    await Promise.all(paths.map((path) => this.pending.get(path)));
    return !paths.some((path) => this.halfTyped.has(path));
  }

  /** Whether nothing that the experiments of a file are made of has unsaved changes. */
  areSaved(file: string): boolean {
    return !this.pathsOf(file).some((path) => documentAt(path)?.isDirty);
  }

  /** Moves what is known of a lab file to its new path. */
  rename(from: string, to: string): void {
    for (const [at, dependent] of [...this.dependents]) {
      if (dependent.file !== from) continue;
      this.dependents.delete(at);
      this.dependents.set(key(to, dependent.experiment), { ...dependent, file: to });
    }
  }

  dispose(): void {
    this.watcher?.dispose();
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** Watches the disk, too, from when there is something to watch. */
  private watch(): void {
    if (this.watcher) return;
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    const look = (uri: vscode.Uri) => this.look(uri);
    this.watcher = vscode.Disposable.from(
      ...[watcher, watcher.onDidChange(look), watcher.onDidCreate(look), watcher.onDidDelete(look)],
    );
  }

  private look({ scheme, fsPath }: vscode.Uri): void {
    if (scheme !== 'file') return;
    const files = new Set(this.of(fsPath).map(({ file }) => file));
    if (files.size === 0) return;
    this.compare(fsPath);
    for (const file of files) this.edited.fire(file);
  }

  private pathsOf(file: string): string[] {
    const own = [...this.dependents.values()].filter((dependent) => dependent.file === file);
    return [...new Set(own.flatMap(({ parts }) => [...parts.keys()]))];
  }

  private of(path: string): Dependent[] {
    return [...this.dependents.values()].filter(({ parts }) => parts.has(path));
  }

  /** Compares a file with what ran; of several comparisons the last one counts. */
  private compare(path: string): void {
    const comparing: Promise<unknown> = guardedAsync(async () => {
      const kinds = new Map<Kind, ReturnType<typeof contentOf>>();
      for (const dependent of this.of(path)) {
        const part = dependent.parts.get(path)!;
        const now = kinds.get(part.kind) ?? contentOf(path, part.kind);
        kinds.set(part.kind, now);
        const [content, before] = await Promise.all([now, part.digest]);
        if (this.pending.get(path) !== comparing) return;
        this.halfTyped[content?.isComplete === false ? 'add' : 'delete'](path);
        // It may run anew by now.
        if (dependent.parts.get(path) !== part) continue;
        dependent.changed[content?.digest === before ? 'delete' : 'add'](path);
        const isOther = dependent.changed.size > 0;
        this.documents.setImportsChanged(dependent.file, dependent.experiment, isOther);
      }
    }, undefined).finally(() => {
      if (this.pending.get(path) === comparing) this.pending.delete(path);
    });
    this.pending.set(path, comparing);
  }
}

const key = (file: string, experiment: string) => `${file}\n${experiment}`;
