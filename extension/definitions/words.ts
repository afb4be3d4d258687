/** The words of a text: what is left of it without whitespace, comments and trailing commas. */
import type { TreeCursor } from '@lezer/common';
import type { Span } from './edit.ts';

const COMMENTS = new Set(['LineComment', 'BlockComment']);

/** Syntax nodes that are one word each, since their text counts with its spaces. */
const TEXTS = new Set(['String', 'TemplateString']);

/** Words by ascending offset. */
export class Words {
  /** Pairs of start and end. */
  private readonly bounds: number[] = [];
  /** The last character that is no comma, and whether a comma has followed it. */
  private last = { end: 0, character: '', hasComma: false };

  get count(): number {
    return this.bounds.length / 2;
  }

  at(index: number): Span {
    return { from: this.bounds[2 * index]!, to: this.bounds[2 * index + 1]! };
  }

  /** The index of the first word that begins at an offset or after it. */
  firstFrom(offset: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.bounds[2 * middle]! < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Takes the rest of a text as one word. */
  addRest(from: number, to: number): void {
    this.bounds.push(from, to);
  }

  /** Takes a syntax node, in order, before its children. */
  add({ name, from, to }: TreeCursor, isLeaf: boolean, source: string): void {
    const isWord = TEXTS.has(name) || (isLeaf && !COMMENTS.has(name));
    if (!isWord || to <= from || from < this.last.end) return;
    const isComma = name === ',';
    // Commas do not matter, except for those that leave out an entry of an array.
    const leavesOut = isComma && (this.last.hasComma || this.last.character === '[');
    if (!isComma || leavesOut) this.bounds.push(from, to);
    this.last = { end: to, character: isComma ? this.last.character : (source[to - 1] ?? ''), hasComma: isComma };
  }
}
