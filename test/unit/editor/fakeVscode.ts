/** As much of VS Code as the providers touch. Use with `vi.mock('vscode', …)`. */

type Listener = (event: never) => void;

export class EventEmitter {
  private readonly listeners = new Set<Listener>();
  readonly event = (listener: Listener) => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };
  fire(event: unknown) {
    for (const listener of this.listeners) listener(event as never);
  }
  dispose() {}
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
  isEqual({ line, character }: Position) {
    return this.line === line && this.character === character;
  }
  isAfter({ line, character }: Position) {
    return this.line > line || (this.line === line && this.character > character);
  }
  isAfterOrEqual(other: Position) {
    return this.isAfter(other) || this.isEqual(other);
  }
  translate(lines: number, characters = 0) {
    return new Position(this.line + lines, this.character + characters);
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(...bounds: [Position, Position] | [number, number, number, number]) {
    const [a, b, c, d] = bounds;
    this.start = a instanceof Position ? a : new Position(a, b as number);
    this.end = b instanceof Position ? b : new Position(c!, d!);
  }
  contains({ line, character }: Position) {
    const isAfter = line > this.start.line || (line === this.start.line && character >= this.start.character);
    const isBefore = line < this.end.line || (line === this.end.line && character <= this.end.character);
    return isAfter && isBefore;
  }
}

const Disposable = {
  from: (...all: { dispose(): unknown }[]) => ({ dispose: () => all.forEach((one) => void one.dispose()) }),
};

class CodeLens {
  constructor(
    readonly range: Range,
    public command?: unknown,
  ) {}
}

class Hover {
  constructor(
    readonly contents: { value: string },
    readonly range: Range,
  ) {}
}

class MarkdownString {
  constructor(readonly value: string) {}
}

/** A document in an editor. */
export class FakeDocument {
  readonly uri: { fsPath: string; path: string; scheme: string };
  readonly languageId = 'typescript';
  /** How often the text was asked for. */
  reads = 0;
  constructor(
    public text: string,
    file = '/lab/test.lab.ts',
  ) {
    this.uri = { fsPath: file, path: file, scheme: 'file' };
  }
  get fileName() {
    return this.uri.fsPath;
  }
  get lineCount() {
    return this.text.split('\n').length;
  }
  getText() {
    this.reads++;
    return this.text;
  }
  lineAt(at: number | Position) {
    const line = typeof at === 'number' ? at : at.line;
    const text = this.text.split('\n')[line]!;
    return { text, range: new Range(line, 0, line, text.length) };
  }
}

export function fakeVscode() {
  const events = { opened: new EventEmitter(), closed: new EventEmitter(), edited: new EventEmitter() };
  const settings = new Map<string, unknown>();
  const trust = { granted: new EventEmitter(), configured: new EventEmitter() };
  const never = () => ({ dispose: () => {} });
  return {
    ...{ Disposable, EventEmitter, Position, Range, CodeLens, Hover, MarkdownString, events, settings, trust },
    workspace: {
      textDocuments: [] as FakeDocument[],
      onDidOpenTextDocument: events.opened.event,
      onDidCloseTextDocument: events.closed.event,
      onDidChangeTextDocument: events.edited.event,
      isTrusted: true,
      onDidGrantWorkspaceTrust: trust.granted.event,
      onDidChangeConfiguration: trust.configured.event,
      getConfiguration: () => ({ get: (name: string, fallback: unknown) => settings.get(name) ?? fallback }),
      getWorkspaceFolder: (_uri: unknown): unknown => undefined,
    },
    window: {
      visibleTextEditors: [],
      onDidChangeVisibleTextEditors: never,
      showInformationMessage: async (..._words: string[]): Promise<string | undefined> => undefined,
      showWarningMessage: async (..._words: string[]): Promise<string | undefined> => undefined,
    },
    env: { clipboard: { writeText: async (_text: string) => {} } },
    commands: { executeCommand: async (_name: string) => {} },
  };
}
