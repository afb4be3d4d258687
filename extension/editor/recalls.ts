/** Brings back the stored results of lab files that are opened: after a reload of the window everything stands as before. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { areSameCode } from '../definitions/index.ts';
import type { Recalled } from '../report/recalled.ts';
import type { RunService } from '../runs/runService.ts';
import { guardedAsync } from './guarded.ts';
import type { LabDocuments } from './labDocuments.ts';

export interface RecallsOptions {
  documents: LabDocuments;
  runs: RunService;
  recall(file: string, experiments: string[], onRecalled: (recalled: Recalled) => void): void;
}

export class Recalls implements vscode.Disposable {
  /** The experiments that were asked for, by file. */
  private readonly asked = new Map<string, Set<string>>();
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly options: RecallsOptions) {
    const { documents } = options;
    this.disposables = [
      documents.onDidChange((document) => this.look(document)),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.lookAtAll()),
    ];
    this.lookAtAll();
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private lookAtAll(): void {
    for (const document of vscode.workspace.textDocuments) this.look(document);
  }

  /** Asks for the experiments of a document that have not been asked for in this window. */
  private look(document: vscode.TextDocument): void {
    if (!vscode.workspace.isTrusted) return;
    const file = document.uri.fsPath;
    const known = this.asked.get(file) ?? new Set();
    const names = this.options.documents.named(document).map(({ name }) => name);
    const wanted = names.filter((name) => !known.has(name) && this.options.runs.view(file, name)?.status === 'idle');
    if (wanted.length === 0) return;
    this.asked.set(file, new Set([...known, ...names]));
    this.options.recall(file, wanted, (recalled) => {
      if (!this.options.runs.restore(recalled.view)) return;
      void guardedAsync(() => greyChanges(this.options.documents, file, recalled), undefined);
    });
  }
}

/** Greys what is no longer what the files say. */
export async function greyChanges(
  documents: LabDocuments,
  file: string,
  { view, sources: [own, ...imports], data }: Recalled,
): Promise<void> {
  const at = (name: string) => path.resolve(path.dirname(file), name);
  const areSame = await Promise.all([
    ...imports.map(async ({ file: name, text }) => {
      const now = await readFile(at(name), 'utf8').catch(() => null);
      return now !== null && (name.endsWith('.json') ? now === text : areSameCode(now, text));
    }),
    ...data.map(async ({ file: name, hash }) => (await hashOf(at(name)).catch(() => null)) === hash),
  ]);
  documents.restored(file, view.experiment, own?.text ?? '', areSame.includes(false));
}

/** SHA-256 of a file of any size. */
async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex');
}
