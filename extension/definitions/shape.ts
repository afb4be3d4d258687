/** The calls of `experiment` in one piece of a text, by offsets from its start: they stay the same while it moves. */
import type { Span } from './edit.ts';
import type { Lines, TextRange } from './position.ts';

/** An entry of `parameterizations`, `optimizers` or `claims`. */
export interface FoundProperty {
  name: string;
  /** Key and value. */
  range: TextRange;
  key: TextRange;
}

/** A call of `experiment`. */
export interface FoundCall {
  /** Null if the name is computed and only known after running the file. */
  readonly name: string | null;
  /** Position of the call, from 1. */
  readonly line: number;
  readonly column: number;
  /** The whole call. */
  readonly range: TextRange;
  /** The first argument, with its quotes. */
  readonly nameRange: TextRange;
  readonly parameterizations: readonly FoundProperty[];
  readonly optimizers: readonly FoundProperty[];
  readonly claims: readonly FoundProperty[];
  /** Whether the call has no syntax error. */
  readonly complete: boolean;
}

/** The objects of an experiment whose entries have a place in the editor. */
export const KINDS = ['parameterizations', 'optimizers', 'claims'] as const;
export type Kind = (typeof KINDS)[number];

export interface Entry extends Span {
  name: string;
  key: Span;
}

/** A call in a piece. */
export interface Shape extends Span, Record<Kind, readonly Entry[]> {
  name: string | null;
  nameSpan: Span;
  complete: boolean;
}

/** A call at its place in the text: its piece begins at `at`. */
export interface Placed {
  shape: Shape;
  at: number;
}

/** A call at its place in a text. Lines and columns are computed when they are asked for. */
export class PlacedCall implements FoundCall {
  readonly name: string | null;
  readonly complete: boolean;
  private whole: TextRange | null = null;
  private entries: Partial<Record<Kind, readonly FoundProperty[]>> = {};

  constructor(
    private readonly placed: Placed,
    private readonly lines: Lines,
  ) {
    this.name = placed.shape.name;
    this.complete = placed.shape.complete;
  }

  get line(): number {
    return this.range.start.line;
  }

  get column(): number {
    return this.range.start.column;
  }

  get range(): TextRange {
    return (this.whole ??= this.rangeOf(this.placed.shape));
  }

  get nameRange(): TextRange {
    return this.rangeOf(this.placed.shape.nameSpan);
  }

  get parameterizations(): readonly FoundProperty[] {
    return this.entriesOf('parameterizations');
  }

  get optimizers(): readonly FoundProperty[] {
    return this.entriesOf('optimizers');
  }

  get claims(): readonly FoundProperty[] {
    return this.entriesOf('claims');
  }

  private entriesOf(kind: Kind): readonly FoundProperty[] {
    return (this.entries[kind] ??= this.placed.shape[kind].map((entry) => ({
      name: entry.name,
      range: this.rangeOf(entry),
      key: this.rangeOf(entry.key),
    })));
  }

  private rangeOf({ from, to }: Span): TextRange {
    return this.lines.range(this.placed.at + from, this.placed.at + to);
  }
}
