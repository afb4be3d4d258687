import * as vscode from 'vscode';

/** Where a range is after changes of its document, from the last to the first; null if its text was changed. */
export function movedRange(
  range: vscode.Range,
  changes: readonly Pick<vscode.TextDocumentContentChangeEvent, 'range' | 'text'>[],
): vscode.Range | null {
  let moved: vscode.Range | null = range;
  for (const { range: replaced, text } of changes) {
    if (!moved || replaced.start.isAfterOrEqual(moved.end)) continue;
    if (replaced.end.isAfter(moved.start)) {
      moved = null;
      continue;
    }
    const lines = text.split('\n');
    const added = lines.length - 1;
    const lastLength = lines[added]!.length;
    const end = {
      line: replaced.start.line + added,
      character: lastLength + (added === 0 ? replaced.start.character : 0),
    };
    const move = (position: vscode.Position) =>
      position.line === replaced.end.line
        ? new vscode.Position(end.line, position.character - replaced.end.character + end.character)
        : position.translate(end.line - replaced.end.line);
    moved = new vscode.Range(move(moved.start), move(moved.end));
  }
  return moved;
}
