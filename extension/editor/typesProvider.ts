import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { shownName } from '../report/shownName.ts';
import { AMBIENT_FILE, AmbientTypes, ambient, projectOf, usesPlugAndPlay } from './ambientTypes.ts';
import { exists } from './exists.ts';
import { guardedAsync } from './guarded.ts';
import { isLabDocument } from './labFiles.ts';
import { LabTypes, typesHome } from './labTypes.ts';
import { replaceFile } from './safeWrites.ts';

/** Where the answer of the user is remembered for each workspace: `yes` or `no`. */
const ANSWER = 'depthLab.typesAnswer';

const YES = 'Add Types';
const NO = 'Not in This Workspace';

/**
 * Provides the types of `depth-lab` for the lab files that are opened in a trusted workspace, if the user wants them. The
 * user is asked once per workspace, before anything is written; the setting `depthLab.provideTypes` answers for good.
 */
export class TypesProvider implements vscode.Disposable {
  /** Folders that are being or have been looked after in this window. */
  private readonly homes = new Map<string, Promise<void>>();
  /** The question that the user has been asked in this window. */
  private asked: Promise<boolean> | null = null;
  private readonly opened: vscode.Disposable;

  constructor(private readonly context: vscode.ExtensionContext) {
    const takeCare = (document: vscode.TextDocument) => {
      if (isLabDocument(document)) void this.provideFor(document.uri);
    };
    this.opened = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument(takeCare),
      vscode.workspace.onDidGrantWorkspaceTrust(() => vscode.workspace.textDocuments.forEach(takeCare)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('depthLab.provideTypes')) return;
        this.homes.clear();
        vscode.workspace.textDocuments.forEach(takeCare);
      }),
    );
    vscode.workspace.textDocuments.forEach(takeCare);
  }

  /** Provides the types for a lab file's folder. */
  async provideFor(uri: vscode.Uri): Promise<void> {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (!folder || !vscode.workspace.isTrusted || wish(uri) === 'never') return;
    const home = await typesHome(uri.fsPath, folder.uri.fsPath, exists);
    const provided =
      this.homes.get(home) ?? guardedAsync(() => this.provideIn(uri, folder.uri.fsPath, home), undefined);
    this.homes.set(home, provided);
    await provided;
  }

  dispose(): void {
    this.opened.dispose();
  }

  private async provideIn(uri: vscode.Uri, workspaceFolder: string, home: string): Promise<void> {
    const { extensionPath, extension } = this.context;
    const text = await readFile(path.join(extensionPath, 'dist/types/index.d.ts'), 'utf8');
    let isWritten = false;
    try {
      isWritten = (await usesPlugAndPlay(uri.fsPath, workspaceFolder))
        ? await this.declareIn(uri, workspaceFolder, text)
        : await this.installIn(uri, new LabTypes(workspaceFolder, home, text, String(extension.packageJSON.version)));
    } catch (error) {
      void this.offerReference(home, text, error);
    }
    // TypeScript does not watch for new packages, and has already reported the module as missing.
    if (isWritten) await vscode.commands.executeCommand('typescript.reloadProjects');
  }

  /** Puts the types where TypeScript looks for packages. Returns whether anything was written. */
  private async installIn(uri: vscode.Uri, types: LabTypes): Promise<boolean> {
    const state = await types.state();
    if (state.type === 'link') {
      const why = `${shownName(state.path, 200)} is a symbolic link, and nothing is written through links. Install the package with npm to have its types.`;
      void this.sayWhyNot(state.path, why);
    }
    return state.type === 'wanted' && (await this.isWished(uri)) && types.write();
  }

  /** With Plug'n'Play there is no place for packages: the types stand beside the project's configuration. */
  private async declareIn(uri: vscode.Uri, workspaceFolder: string, text: string): Promise<boolean> {
    const project = await projectOf(uri.fsPath, workspaceFolder);
    if (project === null) {
      const why = "in a project with Yarn Plug'n'Play they stand beside its tsconfig.json, and there is none.";
      void this.sayWhyNot(workspaceFolder, why);
      return false;
    }
    const types = new AmbientTypes(workspaceFolder, project, text);
    if (!(await types.isWanted()) || !(await this.isWished(uri))) return false;
    await types.write();
    return true;
  }

  /** In a folder that cannot be written to, a line in a lab file leads to the types. */
  private async offerReference(home: string, text: string, error: unknown): Promise<void> {
    const folder = this.context.globalStorageUri.fsPath;
    await mkdir(folder, { recursive: true });
    await replaceFile(path.join(folder, AMBIENT_FILE), ambient(text));
    const copy = 'Copy Line';
    const reason = error instanceof Error ? error.message : String(error);
    const why = `${shownName(home, 200)} cannot be written to (${shownName(reason, 200)}). A line at the head of a lab file has the same effect.`;
    if ((await this.sayWhyNot(home, why, copy)) !== copy) return;
    const reference = path.join(folder, AMBIENT_FILE).replaceAll('\\', '/');
    await vscode.env.clipboard.writeText(`/// <reference path="${reference}" />\n`);
  }

  private async isWished(uri: vscode.Uri): Promise<boolean> {
    if (wish(uri) === 'always') return true;
    const answer = this.context.workspaceState.get(ANSWER);
    if (answer === 'yes' || answer === 'no') return answer === 'yes';
    this.asked ??= this.ask();
    return (await this.asked) && wish(uri) !== 'never';
  }

  /** A question that is closed without an answer is asked again in the next window. */
  private async ask(): Promise<boolean> {
    const answer = await vscode.window.showInformationMessage(
      "Add the types of 'depth-lab' to node_modules/depth-lab in this workspace? With them, the editor completes and checks lab files. Experiments run without them. You can change your answer in the setting depthLab.provideTypes.",
      YES,
      NO,
    );
    if (answer) await this.context.workspaceState.update(ANSWER, answer === YES ? 'yes' : 'no');
    return answer === YES;
  }

  /** Said once per workspace. */
  private async sayWhyNot(place: string, why: string, ...actions: string[]): Promise<string | undefined> {
    const said = 'depthLab.typesNotAdded';
    if (this.context.workspaceState.get(said) === place) return undefined;
    await this.context.workspaceState.update(said, place);
    return vscode.window.showWarningMessage(`The types of 'depth-lab' were not added: ${why}`, ...actions);
  }
}

type Wish = 'ask' | 'always' | 'never';

const wish = (uri: vscode.Uri): Wish =>
  vscode.workspace.getConfiguration('depthLab', uri).get<Wish>('provideTypes', 'ask');
