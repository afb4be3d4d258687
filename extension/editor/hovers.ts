import * as vscode from 'vscode';
import type { FoundProperty } from '../definitions/index.ts';
import type { RunService } from '../runs/runService.ts';
import { EXPLAIN, explainLink } from './explanations.ts';
import { guardedAsync } from './guarded.ts';
import { hoverText } from './hoverText.ts';
import type { LabDocuments } from './labDocuments.ts';
import { optimizerHover } from './pathText.ts';
import { editorRange } from './ranges.ts';
import type { NamedCall } from './trackedDocument.ts';

/** Hovers over an experiment's name, the key of a parameterization or optimizer, and the results beside their lines. */
export class Hovers implements vscode.HoverProvider {
  constructor(
    private readonly documents: LabDocuments,
    private readonly runs: RunService,
  ) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | null> {
    return guardedAsync(async () => {
      await this.documents.settled(document);
      return this.hoverAt(document, position);
    }, null);
  }

  private hoverAt(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | null {
    if (position.line >= document.lineCount) return null;
    for (const call of this.documents.named(document)) {
      const { start, end } = call.range;
      if (position.line < start.line - 1 || position.line > end.line - 1) continue;
      const target = targetAt(document, call, position);
      const view = target && this.runs.view(document.uri.fsPath, call.name);
      const link = explainLink(document.uri.fsPath, call.name);
      const text =
        view &&
        (target.optimizer ? optimizerHover(view, target.optimizer) : hoverText(view, target.parameterization, link));
      if (!text) continue;
      const markdown = new vscode.MarkdownString(text);
      markdown.isTrusted = { enabledCommands: [EXPLAIN] };
      return new vscode.Hover(markdown, target.range);
    }
    return null;
  }
}

/** The target of a hover that is neither a parameterization nor an optimizer. */
interface Target {
  parameterization: string | null;
  optimizer: string | null;
  range: vscode.Range;
}

function targetAt(document: vscode.TextDocument, call: NamedCall, position: vscode.Position): Target | null {
  const { end } = document.lineAt(position).range;
  const isAfterLine = position.isEqual(end);
  const found = (properties: readonly FoundProperty[]) => {
    const at = properties.find(({ key }) => {
      const range = editorRange(key);
      return range.contains(position) || (isAfterLine && range.start.line === position.line);
    });
    return at && { name: at.name, range: isAfterLine ? new vscode.Range(end, end) : editorRange(at.key) };
  };
  const parameterization = found(call.parameterizations);
  if (parameterization)
    return { parameterization: parameterization.name, optimizer: null, range: parameterization.range };
  const optimizer = found(call.optimizers);
  if (optimizer) return { parameterization: null, optimizer: optimizer.name, range: optimizer.range };
  const experiment = { parameterization: null, optimizer: null };
  const name = editorRange(call.nameRange);
  if (name.contains(position)) return { ...experiment, range: name };
  return isAfterLine && call.line - 1 === position.line ? { ...experiment, range: new vscode.Range(end, end) } : null;
}
