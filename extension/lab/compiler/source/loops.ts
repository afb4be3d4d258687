/** Loops are unrolled. If the parameters determine whether an iteration is the last one, it has a guarded exit. */
import type * as acorn from 'acorn';
import { assignPattern, initialize } from './assignments.ts';
import { begin, branch, exit, settle } from './branches.ts';
import { truth } from './coercion.ts';
import { type Exit, type Frame, fallThrough, type Outcome } from './frame.ts';
import { hoist, namesOf } from './hoisting.ts';
import { destructure } from './patterns.ts';
import { entriesOf, iterate } from './properties.ts';
import { Scope, UNSET } from './scope.ts';
import { Traced } from './values.ts';

/** Maximum number of iterations of a loop, and of a loop whose end depends on the parameters. */
const LONGEST_LOOP = 10_000;
const LONGEST_OPEN_LOOP = 1000;

interface Loop {
  at: acorn.Node;
  labels: readonly string[];
  /** One iteration, starting with its condition; an exit without label ends the iteration or the loop. */
  round(number: number): Outcome;
  /** Runs between two iterations. */
  between?(): void;
}

/** Runs iterations until one of them exits. */
function loop(frame: Frame, { at, labels, round, between }: Loop): Outcome {
  const all = begin(frame.reading);
  const exits: Exit[] = [];
  const isOwn = ({ label }: Exit) => label === null || labels.includes(label);
  for (let number = 0; ; number++) {
    if (number > LONGEST_LOOP)
      frame.fail(at, `this loop has more than ${LONGEST_LOOP} iterations`, 'Give it a smaller bound.');
    const start = begin(frame.reading);
    const end = settle(frame, start, round(number), (one) => one.kind === 'continue' && isOwn(one)).outcome;
    exits.push(...end.exits);
    if (!end.continues) break;
    if (exits.length > LONGEST_OPEN_LOOP) {
      frame.fail(
        at,
        'an unbounded loop cannot be differentiated: its number of iterations depends on the parameters',
        'Add a constant bound, for example `i < 50 && …`.',
      );
    }
    between?.();
  }
  return settle(frame, all, { exits, continues: false }, (one) => one.kind === 'break' && isOwn(one)).outcome;
}

/** Runs the body if the condition holds; otherwise ends the loop. */
function guarded(frame: Frame, test: acorn.Expression | null | undefined, scope: Scope, body: () => Outcome): Outcome {
  if (!test) return body();
  const holds = truth(frame, test, frame.evaluate(test, scope));
  if (holds instanceof Traced) return branch(frame, holds.id, body, () => exit(frame, 'break', {}));
  return holds ? body() : exit(frame, 'break', {});
}

function body(frame: Frame, node: acorn.Statement, scope: Scope): Outcome {
  const inner = new Scope(scope, frame.reading.memory);
  hoist(frame, [node], inner);
  return frame.execute([node], inner);
}

export function whileLoop(
  frame: Frame,
  node: acorn.WhileStatement | acorn.DoWhileStatement,
  scope: Scope,
  labels: readonly string[],
): Outcome {
  const run = () => body(frame, node.body, scope);
  const isLater = node.type === 'DoWhileStatement';
  return loop(frame, {
    at: node,
    labels,
    round: (number) => (isLater && number === 0 ? run() : guarded(frame, node.test, scope, run)),
  });
}

/** Each iteration has its own variables, which closures created in it capture. */
export function forLoop(frame: Frame, node: acorn.ForStatement, scope: Scope, labels: readonly string[]): Outcome {
  const { memory } = frame.reading;
  const { init, test, update } = node;
  let round = new Scope(scope, memory);
  if (init?.type === 'VariableDeclaration') {
    hoist(frame, [init], round);
    for (const { id, init: value } of init.declarations) {
      if (!value && init.kind === 'var') continue;
      const part = value ? frame.evaluate(value, round) : undefined;
      destructure(frame, id, part, round, (at, one) => initialize(frame, at, one, round));
    }
  } else if (init) {
    frame.evaluate(init, round);
  }
  const copy = () => {
    const next = new Scope(scope, memory);
    for (const [name, { value, kind }] of round.own()) next.declare(name, value, kind);
    round = next;
  };
  copy();
  return loop(frame, {
    at: node,
    labels,
    round: () => guarded(frame, test, round, () => body(frame, node.body, round)),
    between: () => {
      copy();
      if (update) frame.evaluate(update, round);
    },
  });
}

export function forOf(frame: Frame, node: acorn.ForOfStatement, scope: Scope, labels: readonly string[]): Outcome {
  if (node.await) return frame.fail(node, '`for await` is not supported');
  return each(frame, node, iterate(frame, node.right, source(frame, node, scope)), scope, labels);
}

export function forIn(frame: Frame, node: acorn.ForInStatement, scope: Scope, labels: readonly string[]): Outcome {
  const object = source(frame, node, scope);
  const keys = object === undefined || object === null ? [] : entriesOf(frame, node.right, object).map(([key]) => key);
  return each(frame, node, keys, scope, labels);
}

/** The iterated value, evaluated before the loop variable is initialized. */
function source(frame: Frame, { left, right }: acorn.ForOfStatement | acorn.ForInStatement, scope: Scope): unknown {
  const inner = new Scope(scope, frame.reading.memory);
  if (left.type === 'VariableDeclaration' && left.kind !== 'var')
    for (const name of namesOf(left.declarations[0].id)) inner.declare(name, UNSET);
  return frame.evaluate(right, inner);
}

function each(
  frame: Frame,
  node: acorn.ForOfStatement | acorn.ForInStatement,
  items: readonly unknown[],
  scope: Scope,
  labels: readonly string[],
): Outcome {
  if (items.length === 0) return fallThrough;
  const { left } = node;
  return loop(frame, {
    at: node,
    labels,
    round: (number) => {
      if (number >= items.length) return exit(frame, 'break', {});
      const inner = new Scope(scope, frame.reading.memory);
      if (left.type === 'VariableDeclaration') {
        hoist(frame, [left], inner);
        destructure(frame, left.declarations[0].id, items[number], inner, (at, part) =>
          initialize(frame, at, part, inner),
        );
      } else {
        assignPattern(frame, left, items[number], inner);
      }
      return body(frame, node.body, inner);
    },
  });
}
