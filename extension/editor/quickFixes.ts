/** Offers the fixes of what Depth Lab reports, at its place. */
import * as vscode from 'vscode';
import { type Fix, fixTitle } from '../lab/fixes.ts';
import { shownName, shownText } from '../report/shownName.ts';
import type { Diagnostics, Shown } from './diagnostics.ts';
import { fixEdits } from './fixEdits.ts';
import { guarded, guardedAsync } from './guarded.ts';
import type { Inspections } from './inspections.ts';

/** Characters of a title that are shown. */
const LONGEST = 80;

/** Looks for a rate when it is chosen, which takes a moment and executes the file. */
class RateSearch extends vscode.CodeAction {
  constructor(
    readonly document: vscode.TextDocument,
    readonly shown: Shown & Required<Pick<Shown, 'rateOf'>>,
  ) {
    super('Look for a rate at which no run diverges', vscode.CodeActionKind.QuickFix);
    this.diagnostics = [shown.diagnostic];
    this.isPreferred = true;
  }
}

export class QuickFixes implements vscode.CodeActionProvider {
  static readonly metadata = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };

  /** @param inspections is asked for rates that are not known yet */
  constructor(
    private readonly diagnostics: Pick<Diagnostics, 'mendable'>,
    private readonly inspections: Pick<Inspections, 'withRates'>,
  ) {}

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    return guarded(() => this.actionsAt(document, range), []);
  }

  private actionsAt(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const found = this.diagnostics
      .mendable(document.uri.fsPath)
      .filter((one) => one.range?.intersection(range) !== undefined);
    return found.flatMap((shown) => {
      if (shown.rateOf) return [new RateSearch(document, { ...shown, rateOf: shown.rateOf })];
      return shown.fixes.flatMap((fix, i) => {
        const edit = editOf(document, shown, fix);
        if (!edit) return [];
        const action = new vscode.CodeAction(shownText(fixTitle(fix), LONGEST), vscode.CodeActionKind.QuickFix);
        action.diagnostics = [shown.diagnostic];
        action.isPreferred = i === 0;
        action.edit = edit;
        return [action];
      });
    });
  }

  resolveCodeAction(action: vscode.CodeAction): Promise<vscode.CodeAction> {
    return guardedAsync(async () => {
      if (action instanceof RateSearch) action.edit = await this.rateFound(action);
      return action;
    }, action);
  }

  private async rateFound({ document, shown }: RateSearch): Promise<vscode.WorkspaceEdit | undefined> {
    const { experiment, optimizer } = shown.rateOf;
    const refuse = (why: string) => {
      void vscode.window.showInformationMessage(`Depth Lab: ${why}`);
      return undefined;
    };
    const version = document.version;
    const inspection = await this.inspections.withRates(document.uri.fsPath, experiment);
    if (document.version !== version) return refuse('the file was edited while a rate was looked for. Look again.');
    if (!inspection) return refuse('no rate was looked for: the file has a mistake, or takes too long to load.');
    const rate = inspection.rates.find((one) => one.optimizer === optimizer)?.rate;
    const edit =
      rate === undefined ? null : editOf(document, shown, { type: 'set', path: ['rate'], value: String(rate) });
    return edit ?? refuse(`no rate was found at which no run of '${shownName(optimizer)}' diverges.`);
  }
}

/** Null where what is to be mended has been edited. */
function editOf(document: vscode.TextDocument, { range }: Shown, fix: Fix): vscode.WorkspaceEdit | null {
  const changes = range && fixEdits(document.getText(), document.offsetAt(range.start), fix);
  if (!changes) return null;
  const edit = new vscode.WorkspaceEdit();
  for (const change of changes) {
    const place = new vscode.Range(document.positionAt(change.from), document.positionAt(change.to));
    edit.replace(document.uri, place, change.text);
  }
  return edit;
}
