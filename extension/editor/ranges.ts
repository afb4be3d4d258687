import * as vscode from 'vscode';
import type { Position, TextRange } from '../definitions/index.ts';

/** Positions in this project count from 1, those of VS Code from 0. */
export const editorPosition = ({ line, column }: Position): vscode.Position =>
  new vscode.Position(line - 1, column - 1);

export const editorRange = ({ start, end }: TextRange): vscode.Range =>
  new vscode.Range(editorPosition(start), editorPosition(end));
