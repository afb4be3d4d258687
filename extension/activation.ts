/**
 * What VS Code loads first. It is asked for as soon as any TypeScript or JavaScript file opens, so it is kept to a few
 * kilobytes: the extension itself (`main.ts`) is loaded only when a lab file opens, a command is called, the Test
 * Explorer or the view in the activity bar is looked at, a language model uses a tool, or a panel is restored.
 */
import * as vscode from 'vscode';
import { isLabDocument } from './editor/labFiles.ts';
import { registerLabTools } from './editor/languageModel/register.ts';
import type { Started } from './main.ts';
import { viewTypes } from './panel/viewType.ts';

/** Called by VS Code. Resolves after the extension itself is ready, where a lab file is open already. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const untilLoaded: vscode.Disposable[] = [];
  let loading: Promise<Started> | null = null;

  const load = () => {
    loading ??= import('./main.ts').then(({ start }) => {
      // Its commands take the place of the ones registered here.
      for (const disposable of untilLoaded.splice(0)) disposable.dispose();
      const started = start(context, tests);
      started.experiments.onDidChangeTreeData?.(() => treeChanged.fire());
      return started;
    });
    return loading;
  };

  const treeChanged = new vscode.EventEmitter<void>();
  // The Test Explorer asks for what it shows when it is looked at.
  const tests = vscode.tests.createTestController('depthLab', 'Depth Lab');
  tests.resolveHandler = async (item) => {
    await load();
    // Now it is that of the extension itself.
    await tests.resolveHandler?.(item);
  };

  const commands: { command: string }[] = context.extension.packageJSON.contributes.commands;
  untilLoaded.push(
    vscode.workspace.onDidOpenTextDocument(async (document) => {
      if (isLabDocument(document)) await load();
    }),
    ...commands.map(({ command }) =>
      vscode.commands.registerCommand(command, async (...args: unknown[]) => {
        await load();
        return vscode.commands.executeCommand(command, ...args);
      }),
    ),
  );
  context.subscriptions.push(
    tests,
    treeChanged,
    registerLabTools(async () => (await load()).tools),
    vscode.window.registerTreeDataProvider('depthLab.experiments', {
      onDidChangeTreeData: treeChanged.event,
      getTreeItem: (item: vscode.TreeItem) => item,
      getChildren: async (item?: vscode.TreeItem) => (await load()).experiments.getChildren(item),
    }),
    { dispose: () => vscode.Disposable.from(...untilLoaded).dispose() },
    ...viewTypes.map((type) =>
      vscode.window.registerWebviewPanelSerializer(type, {
        deserializeWebviewPanel: async (panel, state) =>
          (await load()).serializers[type].deserializeWebviewPanel(panel, state),
      }),
    ),
  );
  if (vscode.workspace.textDocuments.some(isLabDocument)) await load();
}
