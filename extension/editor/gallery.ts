/** `Depth Lab: Open Gallery`: copies a lab file of the gallery into the workspace and opens it. */
import path from 'node:path';
import * as vscode from 'vscode';
import { chooseFolder } from './chooseFolder.ts';
import { LAB_FILE } from './labFiles.ts';

/** A file of the gallery. */
interface Entry extends vscode.QuickPickItem {
  name: string;
  text: string;
}

/** @param gallery its folder in the extension */
export function registerGallery(gallery: vscode.Uri): vscode.Disposable {
  return vscode.commands.registerCommand('depthLab.openGallery', async () => {
    const entries = await entriesIn(gallery);
    const options = {
      title: 'Gallery',
      placeHolder: 'A finding to be copied into your workspace',
      matchOnDescription: true,
      matchOnDetail: true,
    };
    const chosen = await vscode.window.showQuickPick(entries, options);
    const folder = chosen && (await chooseFolder('Folder for the copy', 'Copy Here'));
    if (!chosen || !folder) return;
    await copyData(chosen.text, gallery, folder);
    await vscode.window.showTextDocument(await copied(chosen, folder));
  });
}

async function entriesIn(gallery: vscode.Uri): Promise<Entry[]> {
  const files = (await vscode.workspace.fs.readDirectory(gallery)).filter(([name]) => LAB_FILE.test(name));
  return Promise.all(
    files.map(async ([name]) => {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(gallery, name)));
      const { title, about } = headOf(text);
      return { name, text, label: title || name, description: name, detail: about };
    }),
  );
}

/** The first sentence of the comment at the head of a lab file, and its first paragraph after that. */
export function headOf(text: string): { title: string; about: string } {
  const comment = /^\s*\/\*\*?([\s\S]*?)\*\//.exec(text)?.[1] ?? '';
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*\s?/, '').trim());
  const paragraphs = lines
    .join('\n')
    .trim()
    .split(/\n\s*\n/)
    .map((part) => part.replaceAll('\n', ' '));
  return { title: paragraphs[0]?.replace(/\.$/, '') ?? '', about: paragraphs[1] ?? '' };
}

/** A copy that was not changed is opened again; otherwise the new one gets another name. */
async function copied({ name, text }: Entry, folder: vscode.Uri): Promise<vscode.Uri> {
  const [, stem = name, ending = ''] = /^(.*?)(\.lab\.\w+)$/.exec(name) ?? [];
  for (let number = 1; ; number++) {
    const file = vscode.Uri.joinPath(folder, number === 1 ? name : `${stem}-${number}${ending}`);
    const there = await read(file);
    if (there === text) return file;
    if (there !== null) continue;
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    return file;
  }
}

/** Copies the tables that a lab file reads; those that are there already stay as they are. */
async function copyData(text: string, gallery: vscode.Uri, folder: vscode.Uri): Promise<void> {
  const names = new Set([...text.matchAll(/['"`](?:\.\/)?(data\/[\w-]+\.\w+)['"`]/g)].map(([, name]) => name!));
  for (const name of names) {
    const to = vscode.Uri.joinPath(folder, name);
    if ((await read(to)) !== null) continue;
    await vscode.workspace.fs.createDirectory(vscode.Uri.file(path.dirname(to.fsPath)));
    await vscode.workspace.fs.copy(vscode.Uri.joinPath(gallery, name), to);
  }
}

async function read(file: vscode.Uri): Promise<string | null> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return null;
  }
}
