/** The results panel follows the lab file that is edited, unless its tab is pinned. */
import * as vscode from 'vscode';
import type { RunService } from '../runs/runService.ts';
import { guardedAsync } from './guarded.ts';
import type { LabDocuments } from './labDocuments.ts';
import { isLabDocument } from './labFiles.ts';

/** The panel that follows. */
export interface FollowingPanel {
  /** What it shows, while it can be seen. */
  readonly onView: { file: string; experiment: string } | null;
  show(file: string, experiment: string): void;
}

/**
 * When another lab file is edited, an open panel shows the experiment at its cursor or, where that has no results, one of
 * the file's that has. Files without results change nothing.
 * @param viewType the panel's
 */
export function followEditor(
  documents: Pick<LabDocuments, 'settled' | 'at' | 'named'>,
  runs: Pick<RunService, 'view'>,
  panel: FollowingPanel,
  viewType: string,
): vscode.Disposable {
  const hasResults = (file: string, experiment: string) => {
    const view = runs.view(file, experiment);
    return view !== null && view.status !== 'idle';
  };
  return vscode.window.onDidChangeActiveTextEditor((editor) =>
    guardedAsync(async () => {
      if (!editor || !isLabDocument(editor.document)) return;
      const { document } = editor;
      const file = document.uri.fsPath;
      if (!panel.onView || panel.onView.file === file || isTabPinned(viewType)) return;
      if (!vscode.workspace.getConfiguration('depthLab', document).get('results.followEditor', true)) return;
      await documents.settled(document);
      if (vscode.window.activeTextEditor !== editor || !panel.onView) return;
      const names = [
        documents.at(document, editor.selection.active)?.name,
        ...documents.named(document).map(({ name }) => name),
      ];
      const found = names.find((name) => name !== undefined && hasResults(file, name));
      if (found !== undefined) panel.show(file, found);
    }, undefined),
  );
}

/** Whether a tab with such a webview is pinned. */
function isTabPinned(viewType: string): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(
      ({ input, isPinned }) => isPinned && input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType),
    ),
  );
}
