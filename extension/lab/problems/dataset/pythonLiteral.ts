/** Parses the Python literals of NumPy headers: dictionaries, tuples, lists, strings, numbers, True, False, None. */

export type PythonValue = string | number | boolean | null | PythonValue[] | Map<string, PythonValue>;

/** @throws SyntaxError for anything else */
export function readPythonLiteral(text: string): PythonValue {
  const reader = new Reader(text);
  const value = reader.value();
  reader.end();
  return value;
}

const names = new Map<string, PythonValue>([
  ['True', true],
  ['False', false],
  ['None', null],
]);

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  end(): void {
    this.skip();
    if (this.at < this.text.length) throw this.wrong();
  }

  value(): PythonValue {
    this.skip();
    const next = this.text[this.at];
    if (next === '{') return this.dictionary();
    if (next === '(') return this.sequence(')');
    if (next === '[') return this.sequence(']');
    const quote = this.take(/[uUbB]?(['"])/y)?.[1];
    if (quote) return this.string(quote);
    // Python 2 wrote long integers as 6L.
    const number = this.take(/([+-]?\d[\d_]*)[lL]?/y);
    if (number) return Number(number[1].replaceAll('_', ''));
    const name = this.take(/[A-Za-z]+/y)?.[0];
    const known = name === undefined ? undefined : names.get(name);
    if (known === undefined) throw this.wrong();
    return known;
  }

  private dictionary(): Map<string, PythonValue> {
    const entries = new Map<string, PythonValue>();
    this.at++;
    while (!this.accept('}')) {
      const key = this.value();
      if (typeof key !== 'string' || !this.accept(':')) throw this.wrong();
      entries.set(key, this.value());
      if (!this.accept(',') && !this.isNext('}')) throw this.wrong();
    }
    return entries;
  }

  private sequence(close: string): PythonValue {
    const items: PythonValue[] = [];
    let commas = 0;
    this.at++;
    while (!this.accept(close)) {
      items.push(this.value());
      if (this.accept(',')) commas++;
      else if (!this.isNext(close)) throw this.wrong();
    }
    // Parentheses around one value without a comma are not a tuple.
    return close === ')' && items.length === 1 && commas === 0 ? items[0] : items;
  }

  private string(quote: string): string {
    let text = '';
    for (; this.at < this.text.length; this.at++) {
      const next = this.text[this.at];
      if (next === quote) {
        this.at++;
        return text;
      }
      text += next === '\\' ? (escapes[this.text[++this.at]] ?? `\\${this.text[this.at]}`) : next;
    }
    throw this.wrong();
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at += found[0].length;
    return found;
  }

  private accept(mark: string): boolean {
    if (!this.isNext(mark)) return false;
    this.at++;
    return true;
  }

  private isNext(mark: string): boolean {
    this.skip();
    return this.text[this.at] === mark;
  }

  private skip(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  private wrong(): SyntaxError {
    return new SyntaxError(`unexpected ${this.text[this.at] ?? 'end'} at ${this.at}`);
  }
}
