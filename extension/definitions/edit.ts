/** Moves places of a text along with its edits. */

/** The replacement of a stretch of text, by offsets in the text before it. */
export interface TextEdit {
  from: number;
  to: number;
  /** Length of the text put there. */
  length: number;
}

/** Where the start of a range goes. What is typed right before it stays before it. */
export function moveStart(offset: number, edit: TextEdit): number {
  if (offset >= edit.to) return offset + edit.length - (edit.to - edit.from);
  return offset <= edit.from ? offset : edit.from + edit.length;
}

/** Where the (exclusive) end of a range goes. What is typed right after it stays after it. */
export function moveEnd(offset: number, edit: TextEdit): number {
  if (offset <= edit.from) return offset;
  return offset >= edit.to ? offset + edit.length - (edit.to - edit.from) : edit.from;
}
