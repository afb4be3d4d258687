/** Adjusts offsets in a text to edits. */

/** A text replacement; offsets refer to the text before the edit. */
export interface TextEdit {
  from: number;
  to: number;
  /** Length of the inserted text. */
  length: number;
}

/** The new start of a range. Text inserted directly before the range stays outside. */
function moveStart(offset: number, edit: TextEdit): number {
  if (offset >= edit.to) return offset + edit.length - (edit.to - edit.from);
  return offset <= edit.from ? offset : edit.from + edit.length;
}

/** The new (exclusive) end of a range. Text inserted directly after the range stays outside. */
function moveEnd(offset: number, edit: TextEdit): number {
  if (offset <= edit.from) return offset;
  return offset >= edit.to ? offset + edit.length - (edit.to - edit.from) : edit.from;
}

/** A range of offsets; the end is exclusive. */
export interface Span {
  from: number;
  to: number;
}

/** Edits that do not overlap, all in offsets of one text; each move costs the logarithm of their number. */
class Batch {
  /** How much the edits before each one lengthen the text. */
  private readonly shifts: number[] = [];

  /** @param edits by ascending offset */
  constructor(private readonly edits: readonly TextEdit[]) {
    let shift = 0;
    for (const edit of edits) {
      this.shifts.push(shift);
      shift += edit.length - (edit.to - edit.from);
    }
  }

  /** Null if the range was replaced. */
  move({ from, to }: Span): Span | null {
    const edit = this.edits[this.lastBefore(from)];
    if (edit && edit.to >= to) return null;
    // Text inserted directly after the range stays outside: edits that begin at its end do not move it.
    const moved = { from: this.moved(from, from, moveStart), to: this.moved(to, to - 1, moveEnd) };
    return moved.from < moved.to ? moved : null;
  }

  private moved(offset: number, last: number, move: typeof moveStart): number {
    const index = this.lastBefore(last);
    const edit = this.edits[index];
    return edit ? move(offset, edit) + this.shifts[index]! : offset;
  }

  /** The last edit that begins at an offset or before it; -1 if there is none. */
  private lastBefore(offset: number): number {
    let low = -1;
    let high = this.edits.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.edits[middle]!.from <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Edits made one after the other. */
export class Edits {
  private batches: TextEdit[][] = [];

  /** @param edits in order; the offsets of each refer to the text before it */
  add(edits: readonly TextEdit[]): void {
    // VS Code lists the edits of one change from the end of the text to its start, so that none moves the next.
    const isDescending = edits.every((edit, i) => i === 0 || edit.to <= edits[i - 1]!.from);
    const batches = isDescending ? [[...edits].reverse()] : edits.map((edit) => [edit]);
    for (const batch of batches) {
      const [only] = batch;
      const before = this.batches.at(-1);
      const joined = batch.length === 1 && before?.length === 1 && only ? joinedEdit(before[0]!, only) : null;
      if (joined) this.batches[this.batches.length - 1] = [joined];
      else this.batches.push(batch);
    }
  }

  /** A function that moves ranges; null for those that were replaced. */
  mover(): (span: Span) => Span | null {
    const batches = this.batches.map((edits) => new Batch(edits));
    return (span) => {
      let moved: Span | null = span;
      for (const batch of batches) moved = moved && batch.move(moved);
      return moved;
    };
  }
}

/** Two edits as one where the second continues the first, as typing does; otherwise null. */
function joinedEdit(first: TextEdit, second: TextEdit): TextEdit | null {
  const end = first.from + first.length;
  const isTyped = second.from === end && second.to === end;
  const isTakenBack = second.length === 0 && second.to === end && second.from >= first.from;
  const isErased = first.length === 0 && second.length === 0 && second.to === first.from;
  if (isTyped || isTakenBack) return { ...first, length: first.length + second.length - (second.to - second.from) };
  return isErased ? { from: second.from, to: first.to, length: 0 } : null;
}
