/** Brings back the stored results of lab files that are opened: after a reload of the window everything stands as before. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Recalled } from '../report/recalled.ts';
import type { RunService } from '../runs/runService.ts';
import type { Dependencies } from './dependencies.ts';
import { guarded } from './guarded.ts';
import type { LabDocuments } from './labDocuments.ts';

/** What knows the text of results. */
export interface Greyed {
  documents: LabDocuments;
  dependencies: Dependencies;
}

export interface RecallsOptions extends Greyed {
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
      guarded(() => greyChanges(this.options, file, recalled), undefined);
    });
  }
}

/** Greys what is no longer what the files say. */
export function greyChanges(
  { documents, dependencies }: Greyed,
  file: string,
  { view, sources: [own, ...imports], data }: Recalled,
): void {
  const placed = <T extends { file: string }>(files: readonly T[]) =>
    files.map((one) => ({ ...one, file: path.resolve(path.dirname(file), one.file) }));
  documents.restored(file, view.experiment, own?.text ?? '');
  dependencies.remember(file, view.experiment, { sources: placed(imports), data: placed(data) });
}
