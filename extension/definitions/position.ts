/** Positions in a text, as 0-based offset and as 1-based line and column. */

export interface Position {
  offset: number;
  line: number;
  column: number;
}

/** The end is exclusive. */
export interface TextRange {
  start: Position;
  end: Position;
}

/** Converts offsets of one text to positions. The text is read once; each position costs the logarithm of its lines. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    if (text.includes('\r')) {
      for (const { index, 0: ending } of text.matchAll(/\r\n|[\r\n]/g)) this.starts.push(index + ending.length);
      return;
    }
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  position(offset: number): Position {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { offset, line: low + 1, column: offset - this.starts[low]! + 1 };
  }

  range(from: number, to: number): TextRange {
    return { start: this.position(from), end: this.position(to) };
  }
}
