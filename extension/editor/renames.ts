/** Results follow lab files that are renamed or moved in VS Code, themselves or with a folder around them. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { RunService } from '../runs/runService.ts';
import { guardedAsync } from './guarded.ts';

/** Keeps something about lab files by their path. */
interface Follower {
  rename(from: string, to: string): void;
}

/**
 * @param followers in this order, each file by file
 * @param moveHistory lets what is stored follow, of all files of a folder
 */
export function followRenames(
  runs: RunService,
  followers: readonly Follower[],
  moveHistory: (from: string, to: string) => Promise<void>,
): vscode.Disposable {
  return vscode.workspace.onDidRenameFiles(({ files }) => {
    for (const { oldUri, newUri } of files) {
      void guardedAsync(() => moveHistory(oldUri.fsPath, newUri.fsPath), undefined);
      const known = new Set(runs.choices().map(({ file }) => file));
      for (const file of known) {
        const rest = path.relative(oldUri.fsPath, file);
        if (rest.startsWith('..') || path.isAbsolute(rest)) continue;
        for (const follower of followers) follower.rename(file, path.join(newUri.fsPath, rest));
      }
    }
  });
}
