/** A token of the source, including comments. */
interface Token {
  start: number;
  end: number;
}

/** The tokens of a source, by position. */
export class Tokens {
  constructor(
    private readonly source: string,
    private readonly tokens: readonly Token[],
  ) {}

  /** The tokens within a range whose text is one of `texts`. */
  within(start: number, end: number, texts: ReadonlySet<string>): Token[] {
    const found: Token[] = [];
    for (let i = this.indexFrom(start); i < this.tokens.length; i++) {
      const token = this.tokens[i]!;
      if (token.end > end) break;
      if (texts.has(this.textOf(token))) found.push(token);
    }
    return found;
  }

  /** The first token with this text at or after a position. */
  next(position: number, text: string): Token {
    const found = this.tokens.slice(this.indexFrom(position)).find((token) => this.textOf(token) === text);
    if (!found) throw new Error(`no ${text} after ${position}`);
    return found;
  }

  /** The last token with this text before a position. */
  previous(position: number, text: string): Token {
    for (let i = this.indexFrom(position) - 1; i >= 0; i--) {
      const token = this.tokens[i]!;
      if (this.textOf(token) === text) return token;
    }
    throw new Error(`no ${text} before ${position}`);
  }

  /** The end of a comma that comes next, or else the position itself. */
  afterComma(position: number): number {
    let i = this.indexFrom(position);
    let token = this.tokens[i];
    while (token && this.isComment(token)) token = this.tokens[++i];
    return token && this.textOf(token) === ',' ? token.end : position;
  }

  private isComment(token: Token): boolean {
    return /^\/[/*]/.test(this.textOf(token));
  }

  private textOf({ start, end }: Token): string {
    return this.source.slice(start, end);
  }

  /** The index of the first token that begins at a position or later. */
  private indexFrom(position: number): number {
    let low = 0;
    let high = this.tokens.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.tokens[middle]!.start < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
