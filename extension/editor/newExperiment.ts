import path from 'node:path';
import * as vscode from 'vscode';
import { chooseFolder } from './chooseFolder.ts';
import { LAB_FILE } from './labFiles.ts';
import { STARTER } from './starter.ts';

/** `Depth Lab: New Experiment`: creates and opens a commented lab file that runs as it is. */
export function registerNewExperiment(): vscode.Disposable {
  return vscode.commands.registerCommand('depthLab.newExperiment', async () => {
    const folder = await chooseFolder('Folder for the new experiment', 'Create Experiment Here');
    if (!folder) return;
    const name = await chooseName(folder);
    if (!name) return;
    const file = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(STARTER));
    await vscode.window.showTextDocument(file);
  });
}

async function chooseName(folder: vscode.Uri): Promise<string | null> {
  const taken = new Set((await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name));
  let free = 'experiment.lab.ts';
  for (let i = 2; taken.has(free); i++) free = `experiment${i}.lab.ts`;
  const chosen = await vscode.window.showInputBox({
    title: 'New Experiment',
    prompt: 'Name of the lab file',
    value: free,
    valueSelection: [0, free.indexOf('.')],
    validateInput: (value) => {
      const name = completed(value);
      if (name === null) return 'Give the file a name.';
      return taken.has(name) ? `${name} already exists.` : undefined;
    },
  });
  return chosen === undefined ? null : completed(chosen);
}

/** Completes a file name: `depth` becomes `depth.lab.ts`. */
export function completed(typed: string): string | null {
  const name = typed.trim();
  if (name === '' || path.basename(name) !== name || name.includes('\\')) return null;
  return LAB_FILE.test(name) ? name : `${name.replace(/(\.lab)?(\.[cm]?[jt]s)?$/, '')}.lab.ts`;
}
