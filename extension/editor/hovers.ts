import * as vscode from 'vscode';
import type { RunService } from '../runs/runService.ts';
import { hoverText } from './hoverText.ts';
import type { LabDocuments, NamedCall } from './labDocuments.ts';
import { editorRange } from './ranges.ts';

/** A table of results over an experiment's name, a parameterization's key, and the results beside their lines. */
export class Hovers implements vscode.HoverProvider {
  constructor(
    private readonly documents: LabDocuments,
    private readonly runs: RunService,
  ) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | null {
    for (const call of this.documents.named(document)) {
      const target = targetAt(document, call, position);
      const view = target && this.runs.view(document.uri.fsPath, call.name);
      const text = view && hoverText(view, target.parameterization);
      if (text) return new vscode.Hover(new vscode.MarkdownString(text), target.range);
    }
    return null;
  }
}

interface Target {
  parameterization: string | null;
  range: vscode.Range;
}

function targetAt(document: vscode.TextDocument, call: NamedCall, position: vscode.Position): Target | null {
  const { end } = document.lineAt(position).range;
  const isAfterLine = position.isEqual(end);
  for (const { name, key } of call.parameterizations) {
    const range = editorRange(key);
    if (range.contains(position) || (isAfterLine && range.start.line === position.line)) {
      return { parameterization: name, range: isAfterLine ? new vscode.Range(end, end) : range };
    }
  }
  const name = editorRange(call.nameRange);
  if (name.contains(position)) return { parameterization: null, range: name };
  return isAfterLine && call.line - 1 === position.line
    ? { parameterization: null, range: new vscode.Range(end, end) }
    : null;
}
