import * as vscode from 'vscode';
import { engineSettings } from '../runs/engineProcesses.ts';

/** The setting as declared in the manifest, the only place that lists its values. */
interface EngineSetting {
  enum: string[];
  markdownEnumDescriptions: string[];
}

/** `Depth Lab: Select Engine`: asks for the engine and stores it in the settings. */
export function registerSelectEngine({ extension }: vscode.ExtensionContext): vscode.Disposable {
  const setting: EngineSetting = extension.packageJSON.contributes.configuration.properties['depthLab.engine'];
  return vscode.commands.registerCommand('depthLab.selectEngine', async () => {
    const { engine } = engineSettings();
    const choices = setting.enum.map((label, i) => ({
      label,
      description: label === engine ? 'as now' : undefined,
      detail: firstSentence(setting.markdownEnumDescriptions[i]),
    }));
    const chosen = await vscode.window.showQuickPick(choices, { placeHolder: 'Engine for the next runs' });
    if (!chosen) return;
    const isInWorkspace = vscode.workspace.workspaceFolders !== undefined;
    const target = isInWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
    await vscode.workspace.getConfiguration('depthLab').update('engine', chosen.label, target);
  });
}

/** The first sentence, without Markdown. */
const firstSentence = (markdown: string) => markdown.replaceAll('`', '').replace(/(?<=\.) .*$/s, '');
