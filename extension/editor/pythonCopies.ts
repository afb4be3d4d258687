/** `Depth Lab: Copy as Python`: an experiment as a script in the clipboard. */
import * as vscode from 'vscode';
import type { Failure } from '../report/failure.ts';
import { shownName } from '../report/shownName.ts';
import type { EngineProcesses } from '../runs/engineProcesses.ts';
import { unsavedTexts } from './contents.ts';
import type { Target } from './history.ts';

/** The library of a script, and its name. */
const libraries = { numpy: 'NumPy', jax: 'JAX' } as const;

export class PythonCopies {
  constructor(private readonly engines: Pick<EngineProcesses, 'shownAs'>) {}

  /** Copies what is on the screen, saved or not. */
  async copy({ file, experiment }: Target, library: keyof typeof libraries): Promise<void> {
    const name = shownName(experiment);
    const options = { location: vscode.ProgressLocation.Window, title: `Copying ${name} as Python` };
    const answer = await vscode.window.withProgress(options, () =>
      this.engines.shownAs(file, experiment, library, unsavedTexts()),
    );
    if (answer === null) return;
    if ('failure' in answer) return showFailure(answer.failure);
    const { text } = answer;
    await vscode.env.clipboard.writeText(text);
    const open = 'Open in an Editor';
    const lines = text.split('\n').length;
    // The command has done its work: who does not look at the message need not wait.
    void vscode.window
      .showInformationMessage(
        `Copied ${name} as a script of ${lines} lines for Python with ${libraries[library]}.`,
        open,
      )
      .then((chosen) => (chosen === open ? showScript(text) : undefined));
  }
}

async function showScript(content: string): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'python', content }));
}

function showFailure({ message, hint, file, line, column }: Failure): void {
  const go = 'Go to the Line';
  const text = shownName(`Not copied: ${message}${hint === null ? '' : `. ${hint}`}`, 600);
  void vscode.window.showErrorMessage(text, ...(file === null ? [] : [go])).then((chosen) => {
    if (chosen !== go || file === null) return;
    const at = new vscode.Position(line - 1, column - 1);
    return vscode.window.showTextDocument(vscode.Uri.file(file), { selection: new vscode.Range(at, at) });
  });
}
