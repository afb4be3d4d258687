/** Offers the fixes of what Depth Lab reports, at its place. */
import * as vscode from 'vscode';
import { fixTitle } from '../lab/fixes.ts';
import { shownText } from '../report/shownName.ts';
import type { Diagnostics } from './diagnostics.ts';
import { fixEdits } from './fixEdits.ts';
import { guarded } from './guarded.ts';

/** Characters of a title that are shown. */
const LONGEST = 80;

export class QuickFixes implements vscode.CodeActionProvider {
  static readonly metadata = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };

  constructor(private readonly diagnostics: Pick<Diagnostics, 'mendable'>) {}

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    return guarded(() => this.actionsAt(document, range), []);
  }

  private actionsAt(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const found = this.diagnostics
      .mendable(document.uri.fsPath)
      .filter((one) => one.range?.intersection(range) !== undefined);
    const text = found.length > 0 ? document.getText() : '';
    return found.flatMap(({ diagnostic, fixes, range: blamed }) =>
      fixes.flatMap((fix, i) => {
        const changes = blamed && fixEdits(text, document.offsetAt(blamed.start), fix);
        if (!changes) return [];
        const action = new vscode.CodeAction(shownText(fixTitle(fix), LONGEST), vscode.CodeActionKind.QuickFix);
        action.diagnostics = [diagnostic];
        action.isPreferred = i === 0;
        action.edit = new vscode.WorkspaceEdit();
        for (const change of changes) {
          const place = new vscode.Range(document.positionAt(change.from), document.positionAt(change.to));
          action.edit.replace(document.uri, place, change.text);
        }
        return [action];
      }),
    );
  }
}
