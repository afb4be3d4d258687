/** Starts engines when lab files open, so that the first click on a lens does not wait for processes. */
import * as vscode from 'vscode';
import { isLabDocument } from './labFiles.ts';

/** @param warm starts the engine of a file, unless it is running */
export function startEarly(warm: (file: string) => void): vscode.Disposable {
  const look = (document: vscode.TextDocument) => {
    if (vscode.workspace.isTrusted && isLabDocument(document)) warm(document.uri.fsPath);
  };
  const lookAtAll = () => vscode.workspace.textDocuments.forEach(look);
  lookAtAll();
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidGrantWorkspaceTrust(lookAtAll),
  );
}
