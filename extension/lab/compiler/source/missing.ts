import type * as acorn from 'acorn';

/** An unknown name: where it is used, and which names are available. */
export interface UnknownName {
  at: acorn.Node;
  message: string;
  hint: string | null;
  /** The names that are available. */
  names: readonly string[];
  /** What may be written in place of the node. */
  instead: string | null;
}
