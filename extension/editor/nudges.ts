/** Commands that change the numbers at the cursors by one unit of their last digits. */
import * as vscode from 'vscode';
import { numberAround } from '../definitions/index.ts';
import { nudged } from '../report/notation.ts';
import { guardedAsync } from './guarded.ts';

export function registerNudges(): vscode.Disposable {
  // A key that is held repeats faster than the text is edited: each nudge starts from what the one before has written.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (direction: 1 | -1) => (last = last.then(() => guardedAsync(() => nudge(direction), undefined)));
  return vscode.Disposable.from(
    vscode.commands.registerCommand('depthLab.increaseNumber', () => inTurn(1)),
    vscode.commands.registerCommand('depthLab.decreaseNumber', () => inTurn(-1)),
  );
}

async function nudge(direction: 1 | -1): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const { document, selections } = editor;
  const text = document.getText();
  const found = selections.map(({ active }) => numberAround(text, document.offsetAt(active)));
  // Two cursors may be in one number.
  const numbers = new Map(found.flatMap((number) => (number ? [[number.from, number] as const] : [])));
  if (numbers.size === 0) return;
  const place = (from: number, to: number) => new vscode.Range(document.positionAt(from), document.positionAt(to));
  await editor.edit((edit) => {
    for (const { from, to, text: number, bounds } of numbers.values()) {
      edit.replace(place(from, to), nudged(number, direction, bounds));
    }
  });
}
