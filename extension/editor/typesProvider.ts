import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { isLabDocument } from './labFiles.ts';
import { provideTypes, typesHome } from './labTypes.ts';

/** Puts the types of `depth-lab` beside the lab files that are opened in a trusted workspace. */
export class TypesProvider implements vscode.Disposable {
  /** Folders that were taken care of. */
  private readonly homes = new Map<string, Promise<void>>();
  private readonly opened: vscode.Disposable;

  constructor(private readonly context: vscode.ExtensionContext) {
    const takeCare = (document: vscode.TextDocument) => {
      if (isLabDocument(document)) void this.provideFor(document.uri);
    };
    this.opened = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument(takeCare),
      vscode.workspace.onDidGrantWorkspaceTrust(() => vscode.workspace.textDocuments.forEach(takeCare)),
    );
    vscode.workspace.textDocuments.forEach(takeCare);
  }

  /** Takes care of the folder of a lab file. A folder that cannot be written to stays without types. */
  async provideFor(uri: vscode.Uri): Promise<void> {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const wanted = vscode.workspace.getConfiguration('depthLab', uri).get('provideTypes', true);
    if (!folder || !wanted || !vscode.workspace.isTrusted) return;
    const home = await typesHome(uri.fsPath, folder.uri.fsPath, exists);
    const provided = this.homes.get(home) ?? this.provideIn(home).catch(() => undefined);
    this.homes.set(home, provided);
    await provided;
  }

  dispose(): void {
    this.opened.dispose();
  }

  private async provideIn(home: string): Promise<void> {
    const { extensionPath, extension } = this.context;
    const types = await readFile(path.join(extensionPath, 'dist/types/index.d.ts'), 'utf8');
    const isNew = await provideTypes(home, types, String(extension.packageJSON.version));
    // TypeScript does not watch for new packages, and has told already that it knows no such module.
    if (isNew) await vscode.commands.executeCommand('typescript.reloadProjects');
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
