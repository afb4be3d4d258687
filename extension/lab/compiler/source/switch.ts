/** `switch` with fall-through; the matching case may depend on the parameters. */

import type * as acorn from 'acorn';
import { begin, branch, settle } from './branches.ts';
import { COMPOUND, nested } from './budget.ts';
import { strictlyEqual } from './equality.ts';
import { type Frame, fallThrough, type Outcome } from './frame.ts';
import { hoist } from './hoisting.ts';
import { Scope } from './scope.ts';
import { Traced } from './values.ts';

export function switchStatement(frame: Frame, node: acorn.SwitchStatement, scope: Scope): Outcome {
  const { memory } = frame.reading;
  const { cases } = node;
  const value = frame.evaluate(node.discriminant, scope);
  const inner = new Scope(scope, memory);
  hoist(
    frame,
    cases.flatMap(({ consequent }) => consequent),
    inner,
  );
  const start = begin(frame.reading);
  const from = (position: number): Outcome => {
    if (position < 0) return fallThrough;
    return frame.execute(
      cases.slice(position).flatMap(({ consequent }) => consequent),
      inner,
    );
  };
  /** Compares with the cases, starting from a position. */
  const search = (first: number): Outcome => {
    for (let position = first; position < cases.length; position++) {
      const { test } = cases[position];
      if (!test) continue;
      const isEqual = strictlyEqual(frame, test, value, frame.evaluate(test, inner));
      const [yes, no] = [() => from(position), () => nested(frame, test, COMPOUND, () => search(position + 1))];
      if (isEqual instanceof Traced) return branch(frame, isEqual.id, yes, no);
      if (isEqual) return yes();
    }
    return from(cases.findIndex(({ test }) => !test));
  };
  return settle(frame, start, search(0), ({ kind, label }) => kind === 'break' && label === null).outcome;
}
