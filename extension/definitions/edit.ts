/** Adjusts offsets in a text to edits. */

/** A text replacement; offsets refer to the text before the edit. */
export interface TextEdit {
  from: number;
  to: number;
  /** Length of the inserted text. */
  length: number;
}

/** The new start of a range. Text inserted directly before the range stays outside. */
export function moveStart(offset: number, edit: TextEdit): number {
  if (offset >= edit.to) return offset + edit.length - (edit.to - edit.from);
  return offset <= edit.from ? offset : edit.from + edit.length;
}

/** The new (exclusive) end of a range. Text inserted directly after the range stays outside. */
export function moveEnd(offset: number, edit: TextEdit): number {
  if (offset <= edit.from) return offset;
  return offset >= edit.to ? offset + edit.length - (edit.to - edit.from) : edit.from;
}
