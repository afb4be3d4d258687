import * as vscode from 'vscode';
import { requireTrust } from './trust.ts';

/** Saves files for runs: the engine reads them from disk, so what is on the screen must be there. */
export class Saves {
  private readonly own = new Set<string>();

  /** Whether a file may run, once it is saved. */
  prepare(file: string): boolean | Promise<boolean> {
    if (!requireTrust()) return false;
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === file);
    return document?.isDirty ? this.save(file, document) : true;
  }

  /** Whether a file is being saved for a run that starts anyway. */
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
