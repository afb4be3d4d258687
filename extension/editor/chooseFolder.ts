import * as vscode from 'vscode';

/** The folder of the workspace; asked for where there are several or none. @param label of the button */
export async function chooseFolder(title: string, label: string): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders[0] && folders.length === 1) return folders[0].uri;
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick())?.uri;
  const choices = { canSelectFiles: false, canSelectFolders: true, openLabel: label, title };
  return (await vscode.window.showOpenDialog(choices))?.[0];
}
