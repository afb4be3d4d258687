/** `===` and `==` of plain and traced values. */
import type * as acorn from 'acorn';
import { isObject, lift, not, toNumber } from './coercion.ts';
import type { Frame } from './frame.ts';
import { textOf } from './parse.ts';
import { toNode, traced } from './tracedValues.ts';
import { describeValue, Traced } from './values.ts';

type Truth = boolean | Traced;

export function strictlyEqual(frame: Frame, at: acorn.Node, a: unknown, b: unknown): Truth {
  return both(frame, a, b, (x, y) => {
    if (!(x instanceof Traced) && !(y instanceof Traced)) return x === y;
    const [one, other] = x instanceof Traced ? [x, y] : [y as Traced, x];
    const kind = other instanceof Traced ? other.kind : typeof other;
    return kind === one.kind ? equal(frame, at, x, y) : false;
  });
}

export function looselyEqual(
  frame: Frame,
  { at, operator, left, right }: { at: acorn.Node; operator: string; left: acorn.Node; right: acorn.Node },
  a: unknown,
  b: unknown,
): Truth {
  return both(frame, a, b, (x, y) => {
    if (isNothing(x) || isNothing(y)) return isNothing(x) && isNothing(y);
    if (isObject(x) && isObject(y)) return x === y;
    for (const value of [x, y]) {
      if (isObject(value)) {
        const instead = `${textOf(frame.parsed, left)} ${operator}= ${textOf(frame.parsed, right)}`;
        const what = `\`==\` of ${describeValue(x)} and ${describeValue(y)}`;
        return frame.fail(at, `${what} is not supported`, 'Use `===`.', instead);
      }
    }
    if (x instanceof Traced || y instanceof Traced) return equal(frame, at, x, y);
    // biome-ignore lint/suspicious/noDoubleEquals: it is what the user has written
    return x == y;
  });
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}

function both(frame: Frame, a: unknown, b: unknown, compare: (a: unknown, b: unknown) => Truth): Truth {
  return lift(frame, a, (x) => lift(frame, b, (y) => compare(x, y))) as Truth;
}

function equal(frame: Frame, at: acorn.Node, a: unknown, b: unknown): Truth {
  if (a === true && b instanceof Traced && b.kind === 'boolean') return b;
  if (b === true && a instanceof Traced && a.kind === 'boolean') return a;
  if (a === false && b instanceof Traced && b.kind === 'boolean') return not(frame, at, b);
  if (b === false && a instanceof Traced && a.kind === 'boolean') return not(frame, at, a);
  const [x, y] = [toNumber(frame, at, a), toNumber(frame, at, b)];
  return traced(frame, at, (g) => g.binary('equal', toNode(g, x) as number, toNode(g, y) as number), 'boolean');
}
