/** Unary and binary operators: plain values are computed as JavaScript does, traced ones become nodes of the graph. */
import type * as acorn from 'acorn';
import type { BinaryFunction } from '../functions.ts';
import { failMissing, isPrimitive, lift, not, type Plain, toKey, toNumber, typeOf } from './coercion.ts';
import { looselyEqual, strictlyEqual } from './equality.ts';
import type { Frame } from './frame.ts';
import { textOf } from './parse.ts';
import { hasProperty, instanceOf } from './properties.ts';
import { toNode, traced } from './tracedValues.ts';
import { describeValue, Traced } from './values.ts';

const arithmetic: Partial<Record<string, BinaryFunction>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '%': 'remainder',
  '**': 'power',
};

const relations: Partial<Record<string, BinaryFunction>> = {
  '<': 'less',
  '<=': 'lessEqual',
  '>': 'greater',
  '>=': 'greaterEqual',
};

/** An operator with its expression and its operands. */
export interface Operation {
  at: acorn.Node;
  operator: string;
  left: acorn.Node;
  right: acorn.Node;
}

export function binary(frame: Frame, operation: Operation, a: unknown, b: unknown): unknown {
  const { at, operator, left, right } = operation;
  switch (operator) {
    case '===':
      return strictlyEqual(frame, at, a, b);
    case '!==':
      return not(frame, at, strictlyEqual(frame, at, a, b));
    case '==':
      return looselyEqual(frame, operation, a, b);
    case '!=':
      return not(frame, at, looselyEqual(frame, operation, a, b));
    case 'in':
      return hasProperty(frame, at, b, toKey(frame, left, a));
    case 'instanceof':
      return lift(frame, a, (value) => instanceOf(frame, at, value, b));
    default:
  }
  if (isPrimitive(a) && isPrimitive(b) && a !== undefined && b !== undefined) return plain(operator, a, b);
  if (operator === '+' || operator in relations) {
    const text = [a, b].some((value) => typeof value === 'string');
    if (text && operator === '+') return frame.fail(at, 'a string cannot depend on the parameters');
  }
  const fn = arithmetic[operator] ?? relations[operator];
  if (!fn) return bitwise(frame, operation, a, b);
  const [x, y] = [toNumber(frame, left, a), toNumber(frame, right, b)];
  if (!(x instanceof Traced) && !(y instanceof Traced)) return plain(operator, x, y);
  const kind = operator in relations ? 'boolean' : 'number';
  return traced(frame, at, (g) => g.binary(fn, toNode(g, x) as number, toNode(g, y) as number), kind);
}

/** JavaScript's operators on primitive values. */
function plain(operator: string, left: Plain, right: Plain): unknown {
  // JavaScript determines the result for strings and booleans.
  const [a, b] = [left as number, right as number];
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '**':
      return a ** b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '|':
      return a | b;
    case '&':
      return a & b;
    case '^':
      return a ^ b;
    case '<<':
      return a << b;
    case '>>':
      return a >> b;
    default:
      return a >>> b;
  }
}

const logical: Partial<Record<string, BinaryFunction>> = { '|': 'or', '&': 'and', '^': 'notEqual' };

/** Booleans are combined as 1 and 0; bitwise operations on numbers that depend on the parameters are not supported. */
function bitwise(frame: Frame, { at, operator, left, right }: Operation, a: unknown, b: unknown): unknown {
  const [x, y] = [truthOrNumber(frame, left, a), truthOrNumber(frame, right, b)];
  if (isPrimitive(x) && isPrimitive(y)) return plain(operator, x, y);
  const fn = logical[operator];
  const isTruth = (value: unknown) => (value instanceof Traced ? value.kind === 'boolean' : value === 0 || value === 1);
  if (fn && isTruth(x) && isTruth(y)) {
    return traced(frame, at, (g) => g.binary(fn, toNode(g, x) as number, toNode(g, y) as number));
  }
  const isTruncation = (operator === '|' || operator === '>>' || operator === '<<') && y === 0;
  return frame.fail(
    at,
    `\`${operator}\` cannot be differentiated`,
    isTruncation ? 'Use Math.trunc(…) for the integer part of a number that depends on the parameters.' : null,
    isTruncation ? `Math.trunc(${textOf(frame.parsed, left)})` : null,
  );
}

function truthOrNumber(frame: Frame, at: acorn.Node, value: unknown): unknown {
  const one = lift(frame, value, (x) => (x instanceof Traced && x.kind === 'boolean' ? x : toNumber(frame, at, x)));
  return typeof one === 'boolean' ? Number(one) : one;
}

export function unary(frame: Frame, at: acorn.UnaryExpression, value: unknown): unknown {
  switch (at.operator) {
    case '!':
      return not(frame, at, value);
    case 'void':
      return undefined;
    case 'typeof':
      return lift(frame, value, typeOf);
    case '+':
      return toNumber(frame, at.argument, value);
    case '-': {
      const number = toNumber(frame, at.argument, value);
      return number instanceof Traced ? traced(frame, at, (g) => g.unary('negate', number.id)) : -number;
    }
    default: {
      const number = toNumber(frame, at.argument, value);
      if (!(number instanceof Traced)) return ~number;
      const hint = 'Use Math.trunc(…) for the integer part of a number that depends on the parameters.';
      return frame.fail(at, '`~` cannot be differentiated', hint);
    }
  }
}

/** Adds or subtracts 1, as `++` and `--` do. */
export function step(frame: Frame, at: acorn.UpdateExpression, value: number | Traced): unknown {
  const operation = { at, operator: at.operator === '++' ? '+' : '-', left: at.argument, right: at.argument };
  return binary(frame, operation, value, 1);
}

/** Reports a value that is not callable. */
export function notAFunction(frame: Frame, at: acorn.Node, value: unknown): never {
  if (value === undefined) return failMissing(frame, at, 'this is undefined, not a function');
  return frame.fail(at, `this is ${describeValue(value)}, not a function`);
}
