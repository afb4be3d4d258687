/** What `Run Only This` is about: what a lens names, or what the cursor is at. */
import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Cells } from '../report/grid.ts';
import type { Target } from './history.ts';
import type { LabDocuments } from './labDocuments.ts';
import { namesAt } from './litNames.ts';

const cells = v.object({ parameterization: v.nullable(v.string()), optimizer: v.nullable(v.string()) });

/** The cells that a lens passes; null if it passes none. */
export function readCells(passed: unknown): Cells | null {
  const read = v.safeParse(cells, passed);
  return read.success ? read.output : null;
}

/** The parameterization or optimizer that the cursor is at; null, and said, if it is at none. */
export function cellsAtCursor(documents: LabDocuments, { file, experiment }: Target): Cells | null {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.fsPath === file);
  const call = editor && documents.named(editor.document).find(({ name }) => name === experiment);
  const at = editor?.selection.active;
  const names = call && at && namesAt(call, at.line + 1, at.character + 1);
  if (names && (names.parameterization !== null || names.optimizer !== null)) return names;
  void vscode.window.showInformationMessage('Place the cursor on a parameterization or an optimizer to run only this.');
  return null;
}
