import * as vscode from 'vscode';
import { requireTrust } from './trust.ts';

/** Saves files before runs: the engine reads them from disk. */
export class Saves {
  private readonly own = new Set<string>();

  /** Saves a file; returns whether it may run. */
  prepare(file: string): boolean | Promise<boolean> {
    if (!requireTrust()) return false;
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === file);
    return document?.isDirty ? this.save(file, document) : true;
  }

  /** Whether a file is being saved because of a run, which needs no second start by Live. */
  isOwn(file: string): boolean {
    return this.own.has(file);
  }

  private async save(file: string, document: vscode.TextDocument): Promise<boolean> {
    this.own.add(file);
    try {
      if (await document.save()) return true;
    } finally {
      this.own.delete(file);
    }
    void vscode.window.showErrorMessage('The file could not be saved, so nothing was run.');
    return false;
  }
}
