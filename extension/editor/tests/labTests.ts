/** Experiments and their claims in the Test Explorer. */
import * as vscode from 'vscode';
import type { RunService } from '../../runs/runService.ts';
import { guardedAsync } from '../guarded.ts';
import type { LabDocuments } from '../labDocuments.ts';
import { isLabDocument, LAB_FILE, LAB_FILES } from '../labFiles.ts';
import { requireTrust } from '../trust.ts';
import { askedFor } from './asked.ts';
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
    // The rest is found when the Test Explorer asks for it.
    for (const document of vscode.workspace.textDocuments) if (isLabDocument(document)) look(document.uri);
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
    const included = request.include && new Set(request.include.flatMap(({ uri }) => uri ?? []));
    const files = only === undefined ? included : [vscode.Uri.file(only)];
    await (files ? Promise.all([...files].map((uri) => this.items.look(uri))) : this.items.refresh());
    const all = askedFor(this.controller, request, this.items);
    const asked = all.filter(({ file }) => only === undefined || file === only);
    if (asked.length === 0) return;
    await new ClaimRun(this.controller.createTestRun(request), asked, this.runs).ended(token);
  }
}
