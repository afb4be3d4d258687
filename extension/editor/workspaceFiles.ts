/** The lab files of the workspace. */
import * as vscode from 'vscode';
import { documentAt } from './contents.ts';
import { LAB_FILES } from './labFiles.ts';

const LEFT_OUT = '**/node_modules/**';
/** Files that are read; a workspace with more has none that anybody would look for in one list. */
const MOST_FILES = 2000;

export const workspaceLabFiles = (): Thenable<vscode.Uri[]> =>
  vscode.workspace.findFiles(LAB_FILES, LEFT_OUT, MOST_FILES);

/** The text of a file as it is edited, otherwise as it is on the disk; empty if it cannot be read. */
export async function currentText(uri: vscode.Uri): Promise<string> {
  const open = documentAt(uri.fsPath);
  if (open) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return '';
  }
}
