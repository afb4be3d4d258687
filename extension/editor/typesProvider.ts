import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { isLabDocument } from './labFiles.ts';
import { provideTypes, typesHome } from './labTypes.ts';

/** Provides the types of `depth-lab` for the lab files that are opened in a trusted workspace. */
export class TypesProvider implements vscode.Disposable {
  /** Folders that have their types. */
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

  /** Provides the types for a lab file's folder. A folder that cannot be written to stays without them. */
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
    // TypeScript does not watch for new packages, and has already reported the module as missing.
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
