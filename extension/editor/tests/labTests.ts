/** Experiments and their claims in the Test Explorer. */
import * as vscode from 'vscode';
import type { RunService } from '../../runs/runService.ts';
import { guardedAsync } from '../guarded.ts';
import type { LabDocuments } from '../labDocuments.ts';
import { LAB_FILE } from '../labFiles.ts';
import { requireTrust } from '../trust.ts';
import { LAB_FILES } from '../workspaceFiles.ts';
import { ClaimRun } from './claimRun.ts';
import { TestItems } from './items.ts';

export class LabTests implements vscode.Disposable {
  private readonly items: TestItems;
  private readonly disposables: vscode.Disposable[];

  /** @param controller made by whoever wakes the extension; its items belong to this class */
  constructor(
    private readonly controller: vscode.TestController,
    documents: LabDocuments,
    private readonly runs: RunService,
  ) {
    this.items = new TestItems(controller);
    const refresh = () => void guardedAsync(() => this.items.refresh(), undefined);
    const look = (uri: vscode.Uri) => void guardedAsync(() => this.items.look(uri), undefined);
    controller.resolveHandler = (item) => (item ? undefined : this.items.refresh());
    controller.refreshHandler = () => this.items.refresh();
    const watcher = vscode.workspace.createFileSystemWatcher(LAB_FILES);
    this.disposables = [
      watcher,
      watcher.onDidCreate(look),
      watcher.onDidChange(look),
      watcher.onDidDelete(({ fsPath }) => controller.items.delete(fsPath)),
      documents.onDidChange(({ uri }) => look(uri)),
      vscode.workspace.onDidChangeWorkspaceFolders(refresh),
      controller.createRunProfile(
        'Check Claims',
        vscode.TestRunProfileKind.Run,
        (request, token) => this.run(request, token),
        true,
        undefined,
        true,
      ),
    ];
    refresh();
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  /** Runs once or, if it is continuous, again after each save of a lab file until it is canceled. */
  private async run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    if (!requireTrust()) return;
    if (!request.continuous) return this.once(request, token);
    const saves = vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (LAB_FILE.test(uri.path)) void guardedAsync(() => this.once(request, token, uri.fsPath), undefined);
    });
    token.onCancellationRequested(() => saves.dispose());
  }

  /** @param only the file that is run, of those asked for; without one, all are */
  private async once(request: vscode.TestRunRequest, token: vscode.CancellationToken, only?: string): Promise<void> {
    await this.items.refresh();
    const run = new ClaimRun(this.controller, request, this.items, this.runs);
    await run.ended(token, only);
  }
}
