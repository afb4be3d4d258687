import type * as acorn from 'acorn';

/** A name that is not there: where it is read, and what there is instead. */
export interface Missing {
  at: acorn.Node;
  message: string;
  hint: string | null;
}
