/** Text edits that preserve line and column of all remaining characters. */
export class Edits {
  private readonly changes: { start: number; end: number; first: string; last: string }[] = [];

  constructor(private readonly source: string) {}

  /**
   * Replaces a range by blanks; line breaks stay.
   * @param first replaces the first character
   * @param last replaces the last character
   */
  blank(start: number, end: number, { first = '', last = '' } = {}): void {
    if (end > start) this.changes.push({ start, end, first, last });
  }

  /** The text with all changes. */
  toString(): string {
    let text = '';
    let at = 0;
    for (const { start, end, first, last } of this.changes.sort((a, b) => a.start - b.start)) {
      const inner = this.source.slice(start + first.length, end - last.length);
      text += this.source.slice(at, start) + first + inner.replace(/[^\n\r\u2028\u2029]/g, ' ') + last;
      at = end;
    }
    return text + this.source.slice(at);
  }
}
