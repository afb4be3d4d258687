/**
 * Assignments: to variables, to properties of objects created in the function, by destructuring, and with operators.
 */
import type * as acorn from 'acorn';
import { choose } from './branches.ts';
import { lift, toKey, toNumber, truth } from './coercion.ts';
import type { Expression, Frame } from './frame.ts';
import { binary, step } from './operators.ts';
import { destructure } from './patterns.ts';
import { getProperty, setProperty } from './properties.ts';
import { type Scope, UNSET } from './scope.ts';
import { Traced } from './values.ts';

/** An assignment target whose subexpressions have been evaluated. */
interface Target {
  get(): unknown;
  set(value: unknown): void;
}

function target(frame: Frame, node: acorn.Node, scope: Scope): Target {
  const at = node as acorn.Pattern | acorn.ParenthesizedExpression;
  if (at.type === 'ParenthesizedExpression') return target(frame, at.expression, scope);
  if (at.type === 'Identifier') {
    return { get: () => frame.evaluate(at, scope), set: (value) => setVariable(frame, at, value, scope) };
  }
  if (at.type !== 'MemberExpression') return frame.fail(node, 'this cannot be assigned');
  const object = frame.evaluate(at.object, scope);
  const key = propertyKey(frame, at, scope);
  return {
    get: () => getProperty(frame, at, object, key),
    set: (value) => setProperty(frame, at, object, key, value),
  };
}

/** The key of `object.key` or `object[key]`. */
export function propertyKey(frame: Frame, { computed, property }: acorn.MemberExpression, scope: Scope): string {
  if (property.type === 'PrivateIdentifier') return frame.fail(property, 'private names are not supported');
  if (computed) return toKey(frame, property, frame.evaluate(property, scope));
  return (property as acorn.Identifier).name;
}

export function setVariable(frame: Frame, at: acorn.Identifier, value: unknown, scope: Scope): void {
  const variable = scope.find(at.name);
  if (!variable) frame.fail(at, `'${at.name}' is not defined`, 'Declare it in this function.');
  if (variable.value === UNSET) frame.fail(at, `'${at.name}' is assigned before it is declared`);
  if (variable.kind !== 'let') {
    frame.fail(at, `'${at.name}' cannot be assigned here`, 'It is a constant, or declared outside this function.');
  }
  frame.reading.memory.write(variable, value);
}

/** Initializes a variable. */
export function initialize(frame: Frame, at: acorn.Node, value: unknown, scope: Scope): void {
  const variable = scope.find((at as acorn.Identifier).name);
  if (variable) frame.reading.memory.write(variable, value);
}

/** Destructures a value into the targets of a pattern. */
export function assignPattern(frame: Frame, pattern: acorn.Pattern, value: unknown, scope: Scope): void {
  destructure(frame, pattern, value, scope, (at, part) => target(frame, at, scope).set(part));
}

export function assignment(frame: Frame, at: acorn.AssignmentExpression, scope: Scope): unknown {
  const { left, operator, right } = at;
  if (operator === '=') {
    if (left.type === 'ObjectPattern' || left.type === 'ArrayPattern') {
      const value = frame.evaluate(right, scope);
      assignPattern(frame, left, value, scope);
      return value;
    }
    const to = target(frame, left, scope);
    const value = frame.evaluate(right, scope);
    to.set(value);
    return value;
  }
  const to = target(frame, left, scope);
  const before = to.get();
  const assign = () => {
    const value = frame.evaluate(right, scope);
    to.set(value);
    return value;
  };
  if (operator === '&&=' || operator === '||=' || operator === '??=') {
    return shortCircuit(frame, at, operator.slice(0, -1) as acorn.LogicalOperator, before, assign);
  }
  const value = binary(
    frame,
    { at, operator: operator.slice(0, -1), left, right },
    before,
    frame.evaluate(right, scope),
  );
  to.set(value);
  return value;
}

/** `&&`, `||` and `??`: the right operand is evaluated, with its side effects, only if the left one requires it. */
export function shortCircuit(
  frame: Frame,
  at: acorn.Node,
  operator: acorn.LogicalOperator,
  left: unknown,
  right: () => unknown,
): unknown {
  return lift(frame, left, (one) => {
    if (operator === '??') return one === null || one === undefined ? right() : one;
    const test = truth(frame, at, one);
    if (!(test instanceof Traced)) return test === (operator === '&&') ? right() : one;
    if (operator === '&&') return choose(frame, test.id, right, () => holding(frame, one, false));
    return choose(frame, test.id, () => holding(frame, one, true), right);
  });
}

/** A boolean whose value is known on the current path. */
function holding(frame: Frame, value: unknown, outcome: boolean): unknown {
  const isKnown = value instanceof Traced && value.kind === 'boolean' && frame.reading.known(value.id) === outcome;
  return isKnown ? outcome : value;
}

export function update(frame: Frame, at: acorn.UpdateExpression, scope: Scope): unknown {
  const to = target(frame, at.argument as Expression, scope);
  const before = toNumber(frame, at.argument, to.get());
  const after = step(frame, at, before);
  to.set(after);
  return at.prefix ? after : before;
}
