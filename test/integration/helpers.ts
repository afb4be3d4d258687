import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';

/** The folder that VS Code has open. */
export const folder = (): string => vscode.workspace.workspaceFolders![0]!.uri.fsPath;

/** Writes a file into the folder and opens it. */
export async function open(name: string, text: string): Promise<vscode.TextDocument> {
  const file = path.join(folder(), name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  const document = await vscode.workspace.openTextDocument(file);
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  return document;
}

export interface Lens {
  /** Its words without icons. */
  title: string;
  /** Counted from 1. */
  line: number;
  command: vscode.Command;
}

/** The lenses that VS Code shows in a document. */
export async function lenses(document: vscode.TextDocument): Promise<Lens[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    100,
  );
  return found.flatMap(({ command, range }) => {
    if (!command?.command.startsWith('depthLab.')) return [];
    return { title: command.title.replace(/\$\([^)]*\)\s*/g, ''), line: range.start.line + 1, command };
  });
}

export const titles = async (document: vscode.TextDocument): Promise<string[]> =>
  (await lenses(document)).map(({ title }) => title);

/** Waits until something is found, asking now and then. */
export async function until<T>(
  what: string,
  find: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const found = await find();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Waits for a lens whose words match. */
export const lens = (document: vscode.TextDocument, words: RegExp): Promise<Lens> =>
  until(`the lens ${words}`, async () => (await lenses(document)).find(({ title }) => words.test(title)));

/** What Depth Lab has to say about a document. */
export const problems = (document: vscode.TextDocument): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Depth Lab');

/** Replaces text in an open document. */
export async function replace(document: vscode.TextDocument, before: string, after: string): Promise<void> {
  const at = document.getText().indexOf(before);
  if (at < 0) throw new Error(`there is no ${before} in the document`);
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(at), document.positionAt(at + before.length));
  edit.replace(document.uri, range, after);
  await vscode.workspace.applyEdit(edit);
}

/** Closes every editor, without saving. */
export async function closeAll(): Promise<void> {
  while (vscode.window.activeTextEditor?.document.isDirty) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
