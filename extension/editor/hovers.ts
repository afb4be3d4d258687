import { setTimeout as after } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { FoundProperty } from '../definitions/index.ts';
import type { Inspected, Inspection } from '../lab/results.ts';
import type { ExperimentView } from '../runs/record.ts';
import type { RunService } from '../runs/runService.ts';
import { EXPLAIN, explainLink } from './explanations.ts';
import { guardedAsync } from './guarded.ts';
import { hoverText } from './hoverText.ts';
import type { Inspections } from './inspections.ts';
import type { LabDocuments } from './labDocuments.ts';
import { mathematicsText } from './mathematicsText.ts';
import { optimizerHover } from './pathText.ts';
import { editorRange } from './ranges.ts';
import type { NamedCall } from './trackedDocument.ts';

/** Milliseconds that results wait for the mathematics above them. */
const PATIENCE = 500;

/** Hovers over an experiment's name, the key of a parameterization or optimizer, and the results beside their lines. */
export class Hovers implements vscode.HoverProvider {
  constructor(
    private readonly documents: LabDocuments,
    private readonly runs: RunService,
    private readonly inspections: Pick<Inspections, 'of'>,
  ) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | null> {
    return guardedAsync(async () => {
      await this.documents.settled(document);
      return this.hoverAt(document, position);
    }, null);
  }

  private async hoverAt(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | null> {
    if (position.line >= document.lineCount) return null;
    for (const call of this.documents.named(document)) {
      const { start, end } = call.range;
      if (position.line < start.line - 1 || position.line > end.line - 1) continue;
      const target = targetAt(document, call, position);
      const view = target && this.runs.view(document.uri.fsPath, call.name);
      const text = view && (await this.textOf(view, target));
      if (!text) continue;
      const markdown = new vscode.MarkdownString(text);
      markdown.isTrusted = { enabledCommands: [EXPLAIN] };
      return new vscode.Hover(markdown, target.range);
    }
    return null;
  }

  private async textOf(view: ExperimentView, { parameterization, optimizer }: Target): Promise<string | null> {
    if (optimizer) return optimizerHover(view, optimizer);
    if (!parameterization) return hoverText(view, null);
    const inspected = await this.inspected(view, parameterization);
    const link = explainLink(view.file, view.experiment);
    return hoverText(view, parameterization, inspected ? mathematicsText(inspected, link) : '');
  }

  /** A parameterization as it is written now; as it was when it ran, where no more is known. */
  private async inspected(view: ExperimentView, parameterization: string): Promise<Inspected | null> {
    const { file, experiment, inspection, stale } = view;
    const ran = inspectedIn(inspection, parameterization);
    if (ran && !stale) return ran;
    const asked = this.inspections.of(file, experiment);
    const answer = await (view.runs.length > 0 ? Promise.race([asked, after(PATIENCE, null)]) : asked);
    return inspectedIn(answer, parameterization) ?? ran;
  }
}

const inspectedIn = (inspection: Inspection | null, parameterization: string): Inspected | null =>
  inspection?.parameterizations.find(({ name }) => name === parameterization) ?? null;

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
