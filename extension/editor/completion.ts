/** Completes what TypeScript does not know of: names in claims, and entries to start from. */
import * as vscode from 'vscode';
import { type CompletionPlace, completionPlace, type FoundCall, importEdit } from '../definitions/index.ts';
import type { Theory } from '../lab/results.ts';
import { shownName } from '../report/shownName.ts';
import type { RunService } from '../runs/runService.ts';
import { guardedAsync } from './guarded.ts';
import type { LabDocuments } from './labDocuments.ts';
import { predictedFirst } from './predictedFirst.ts';
import { editorRange } from './ranges.ts';
import { entries, plainText, type Snippet, snippetText, statements } from './snippets.ts';

/** Longer texts are not parsed at each key. */
const LONGEST = 200_000;

export class Completion implements vscode.CompletionItemProvider {
  static readonly triggers = ["'", '"'];

  constructor(
    private readonly documents: Pick<LabDocuments, 'settled' | 'calls'>,
    private readonly runs: Pick<RunService, 'view'>,
  ) {}

  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionItem[]> {
    return guardedAsync(async () => {
      const text = document.getText();
      if (text.length > LONGEST) return [];
      const place = completionPlace(text, document.offsetAt(position));
      if (!place) return [];
      await this.documents.settled(document);
      const call = this.documents.calls(document).findLast(({ range }) => editorRange(range).contains(position));
      const range = new vscode.Range(document.positionAt(place.from), document.positionAt(place.to));
      if (place.kind === 'name') return call ? this.names(document, call, place, range) : [];
      if (place.kind === 'statement') return statements.map((one) => snippetItem(one, document, text, range));
      return call ? entries[place.of].map((one) => snippetItem(withNames(one, call), document, text, range)) : [];
    }, []);
  }

  /** The names that a string of a claim may have. */
  private names(
    document: vscode.TextDocument,
    call: FoundCall,
    { of }: CompletionPlace & { kind: 'name' },
    range: vscode.Range,
  ): vscode.CompletionItem[] {
    const isOwn = of === 'optimizer' || of === 'parameterization';
    const names = isOwn ? call[`${of}s`].map(({ name }) => name) : predictedFirst(of, this.theory(document, call));
    return [...new Set(names)].map((name, i) => {
      const item = new vscode.CompletionItem(shownName(name), vscode.CompletionItemKind.Constant);
      const quote = document.getText(new vscode.Range(range.start.translate(0, -1), range.start));
      item.insertText = escapedIn(name, quote);
      item.range = range;
      item.filterText = name;
      item.sortText = String(i).padStart(4, '0');
      item.detail = isOwn ? of : `${of} predicted by theory`;
      return item;
    });
  }

  /** What theory predicted when the experiment ran. */
  private theory({ uri }: vscode.TextDocument, { name }: FoundCall): readonly Theory[] {
    return name === null ? [] : (this.runs.view(uri.fsPath, name)?.theory ?? []);
  }
}

/** With the names of the experiment in place of those of the snippet. */
function withNames(snippet: Snippet, { optimizers, parameterizations }: FoundCall): Snippet {
  const names = new Map([
    ['GD', optimizers[0]?.name],
    ['NGD', optimizers.at(-1)?.name],
    ['linear', parameterizations[0]?.name],
    ['deep', parameterizations.at(-1)?.name],
  ]);
  const body = snippet.body.replace(/'«(\d):(GD|NGD|linear|deep)»'/g, (all, number, name: string) => {
    const own = names.get(name);
    return own === undefined || /[«»\n]/.test(own) ? all : `'«${number}:${escapedIn(own, "'")}»'`;
  });
  return { ...snippet, body };
}

function snippetItem(
  { label, detail, body, imports }: Snippet,
  document: vscode.TextDocument,
  text: string,
  range: vscode.Range,
): vscode.CompletionItem {
  const item = new vscode.CompletionItem({ label, description: 'Depth Lab' }, vscode.CompletionItemKind.Snippet);
  item.detail = detail;
  item.insertText = new vscode.SnippetString(snippetText(body));
  item.range = range;
  // Before what TypeScript offers for the same letters.
  item.sortText = `0${label}`;
  item.documentation = new vscode.MarkdownString().appendCodeblock(plainText(body), 'typescript');
  const edit = importEdit(text, 'depth-lab', imports);
  if (edit) item.additionalTextEdits = [vscode.TextEdit.insert(document.positionAt(edit.at), edit.text)];
  return item;
}

/** A name as it is written between such quotes. */
function escapedIn(name: string, quote: string): string {
  return name.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
}
