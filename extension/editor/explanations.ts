/** Shows what the compiler makes of an experiment: graph, gradient and the code of one step. */
import * as vscode from 'vscode';
import type { EngineProcesses } from '../runs/engineProcesses.ts';
import { unsavedTexts } from './contents.ts';
import { guardedAsync } from './guarded.ts';
import { requireTrust } from './trust.ts';

const SCHEME = 'depth-lab-explain';

/** The command of the link in a hover; its arguments are the file's path and the experiment. */
export const EXPLAIN = 'depthLab.explain';

/** A link that shows the explanation of an experiment, in Markdown that is trusted with {@link EXPLAIN}. */
export function explainLink(file: string, experiment: string): string {
  const query = encodeURIComponent(JSON.stringify([file, experiment]));
  return `[Graph, gradient and code](command:${EXPLAIN}?${query} "What depth-lab explain prints")`;
}

/** Texts of explanations, in documents that cannot be edited. */
export class Explanations implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly engines: Pick<EngineProcesses, 'explain'>) {
    this.disposables = [
      this.changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.commands.registerCommand(EXPLAIN, (file: unknown, experiment: unknown) => {
        if (typeof file === 'string' && typeof experiment === 'string') return this.show(file, experiment);
      }),
    ];
  }

  provideTextDocumentContent({ query }: vscode.Uri): Promise<string> {
    return guardedAsync(async () => {
      const asked: unknown = JSON.parse(query);
      if (!Array.isArray(asked) || !vscode.workspace.isTrusted) return '';
      const [file, experiment] = asked.map(String) as [string, string];
      return this.engines.explain(file, experiment, unsavedTexts());
    }, 'The explanation could not be made.');
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async show(file: string, experiment: string): Promise<void> {
    if (!requireTrust()) return;
    const path = `/${experiment.replaceAll(/[^\p{L}\p{N} _-]/gu, '')} explained.txt`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path, query: JSON.stringify([file, experiment]) });
    // The text may have changed since it was last asked for.
    this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }
}
