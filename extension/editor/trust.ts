import * as vscode from 'vscode';

/** Whether code of this workspace may run; tells the user if it may not. */
export function requireTrust(): boolean {
  if (vscode.workspace.isTrusted) return true;
  const manage = 'Manage Workspace Trust';
  void vscode.window
    .showWarningMessage(
      'Experiments are code, and this folder is not trusted: nothing was run. Trust the folder to run its experiments.',
      manage,
    )
    .then((chosen) => {
      if (chosen === manage) void vscode.commands.executeCommand('workbench.trust.manage');
    });
  return false;
}
