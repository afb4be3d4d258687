/** Evaluates expressions of a user's function, with graph nodes for values that depend on the parameters. */
import type * as acorn from 'acorn';
import { didYouMean } from '../../fixes.ts';
import { closest } from '../../options.ts';
import { assignment, propertyKey, shortCircuit, update } from './assignments.ts';
import { choose } from './branches.ts';
import { nested } from './budget.ts';
import { lift, toText, truth } from './coercion.ts';
import type { Expression, Frame } from './frame.ts';
import { closure } from './hoisting.ts';
import { constructors } from './library/natives.ts';
import { binary, unary } from './operators.ts';
import { keyOf } from './patterns.ts';
import { deleteProperty, entriesOf, getProperty, iterate, ownArray, ownObject } from './properties.ts';
import { Scope, UNSET } from './scope.ts';
import { Closure, describeNode, emptyRecord, Getter, HOLE, type OwnObject, Traced } from './values.ts';

export function expression(frame: Frame, node: Expression, scope: Scope): unknown {
  switch (node.type) {
    case 'Literal':
      if (node.regex || typeof node.value === 'bigint')
        return frame.fail(node, 'only numbers can be used in arithmetic');
      return node.value;
    case 'Identifier':
      return name(frame, node, scope);
    case 'ThisExpression':
      return frame.receiver;
    case 'ParenthesizedExpression':
      return frame.evaluate(node.expression, scope);
    case 'UnaryExpression':
      return unaryExpression(frame, node, scope);
    case 'BinaryExpression':
      return chain(frame, node, scope);
    case 'LogicalExpression':
      return shortCircuit(frame, node, node.operator, frame.evaluate(node.left, scope), () =>
        frame.evaluate(node.right, scope),
      );
    case 'ConditionalExpression': {
      const test = truth(frame, node.test, frame.evaluate(node.test, scope));
      const [yes, no] = [node.consequent, node.alternate].map(
        (side) => () => nested(frame, side, 1, () => frame.evaluate(side, scope)),
      );
      if (test instanceof Traced) return noted(frame, node, choose(frame, test.id, yes, no));
      return test ? yes() : no();
    }
    case 'ChainExpression': {
      const value = link(frame, node.expression, scope);
      return value === CUT ? undefined : value;
    }
    case 'MemberExpression':
    case 'CallExpression':
      return link(frame, node, scope);
    case 'NewExpression':
      return make(frame, node, scope);
    case 'AssignmentExpression':
      return assignment(frame, node, scope);
    case 'UpdateExpression':
      return update(frame, node, scope);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return functionValue(frame, node, scope);
    case 'ArrayExpression':
      return ownArray(
        frame,
        node.elements.flatMap((element) => (element ? elements(frame, element, scope) : [HOLE])),
      );
    case 'ObjectExpression':
      return object(frame, node, scope);
    case 'SequenceExpression':
      return node.expressions.map((part) => frame.evaluate(part, scope)).at(-1);
    case 'TemplateLiteral':
      return node.quasis
        .map(({ value }, i) => {
          const part = node.expressions[i];
          return (value.cooked ?? '') + (part ? toText(frame, part, frame.evaluate(part, scope)) : '');
        })
        .join('');
    case 'MetaProperty': {
      const { meta } = frame.parsed.source;
      if (node.meta.name !== 'import') return frame.fail(node, '`new.target` is not supported');
      return meta ?? frame.fail(node, '`import.meta` is not available here');
    }
    default:
      return frame.fail(node, `${describeNode(node)} is not supported`, insteadOf(node));
  }
}

/** `a + b + c + …`: its operators nest to the left, as many as are written; they are evaluated without recursion. */
function chain(frame: Frame, last: acorn.BinaryExpression, scope: Scope): unknown {
  const operations = [last];
  let first: Expression = last.left;
  for (; first.type === 'BinaryExpression'; first = first.left) operations.push(first);
  let value = frame.evaluate(first, scope);
  for (let node = operations.pop(); node; node = operations.pop()) {
    value = binary(frame, { ...node, at: node }, value, frame.evaluate(node.right, scope));
    if (node !== last) frame.evaluated(node, value);
  }
  return value;
}

function insteadOf(node: Expression): string | null {
  if (node.type === 'ClassExpression') return 'Write functions and plain objects.';
  if (node.type === 'TaggedTemplateExpression') return 'Call the function with plain arguments.';
  return null;
}

/** Attributes a new selection node to the whole expression. */
function noted(frame: Frame, at: acorn.Node, value: unknown): unknown {
  const { written } = frame.reading;
  if (value instanceof Traced && !written.has(value.id)) written.set(value.id, { parsed: frame.parsed, at });
  return value;
}

function name(frame: Frame, node: acorn.Identifier, scope: Scope): unknown {
  if (node.name === 'undefined') return undefined;
  const variable = scope.find(node.name);
  if (!variable) {
    if (node.name === 'arguments') return frame.fail(node, '`arguments` is not supported', 'Write (...values) => … .');
    const near = Object.hasOwn(Math, node.name) ? `Math.${node.name}` : closest(node.name, scope.known());
    const hint = near === null ? 'Declare it in the file, or import it.' : didYouMean(near);
    return frame.fail(node, `'${node.name}' is not defined`, hint, near);
  }
  const { value, missing } = variable;
  if (value === UNSET)
    return frame.fail(node, `'${node.name}' is used before it is declared`, 'Move its declaration up.');
  if (value === undefined && missing) frame.reading.missing.set(node, missing);
  return value;
}

function unaryExpression(frame: Frame, node: acorn.UnaryExpression, scope: Scope): unknown {
  const { operator, argument } = node;
  if (
    operator === 'typeof' &&
    argument.type === 'Identifier' &&
    argument.name !== 'undefined' &&
    !scope.find(argument.name)
  )
    return 'undefined';
  if (operator === 'delete') {
    if (argument.type !== 'MemberExpression') return frame.fail(node, 'only a property can be deleted');
    return deleteProperty(frame, node, frame.evaluate(argument.object, scope), propertyKey(frame, argument, scope));
  }
  return unary(frame, node, frame.evaluate(argument, scope));
}

/** The value of a chain that was short-circuited by `?.`. */
const CUT = Symbol('undefined by ?.');

/**
 * A property access or call as part of an optional chain: `a?.b.c(d)` is undefined as a whole if `a` is null or
 * undefined.
 */
function link(frame: Frame, node: Expression, scope: Scope): unknown {
  if (node.type === 'MemberExpression') {
    const object = link(frame, node.object, scope);
    return follow(frame, node, object, (one) => getProperty(frame, node, one, propertyKey(frame, node, scope)));
  }
  if (node.type === 'CallExpression') {
    const { callee } = node;
    if (callee.type !== 'MemberExpression') {
      return follow(frame, node, link(frame, callee, scope), (fn) => invoke(frame, node, fn, undefined, scope));
    }
    const object = link(frame, callee.object, scope);
    return follow(frame, callee, object, (one) => {
      const fn = getProperty(frame, callee, one, propertyKey(frame, callee, scope));
      return follow(frame, node, fn, (found) => invoke(frame, node, found, one, scope));
    });
  }
  return frame.evaluate(node, scope);
}

function follow(
  frame: Frame,
  node: acorn.MemberExpression | acorn.CallExpression,
  value: unknown,
  next: (value: unknown) => unknown,
): unknown {
  if (value === CUT) return CUT;
  return lift(frame, value, (one) => {
    if (node.optional && (one === undefined || one === null)) return CUT;
    return next(one);
  });
}

function invoke(frame: Frame, node: acorn.CallExpression, fn: unknown, receiver: unknown, scope: Scope): unknown {
  const isSpread = node.arguments.some(({ type }) => type === 'SpreadElement');
  const values = node.arguments.flatMap((argument) => elements(frame, argument, scope));
  return frame.call(node, fn, receiver, values, isSpread ? [] : node.arguments);
}

/** The values of an argument or array element: one value, or those of a spread. */
function elements(frame: Frame, node: acorn.Expression | acorn.SpreadElement, scope: Scope): unknown[] {
  if (node.type !== 'SpreadElement') return [frame.evaluate(node, scope)];
  return iterate(frame, node.argument, frame.evaluate(node.argument, scope));
}

function make(frame: Frame, node: acorn.NewExpression, scope: Scope): unknown {
  const made = constructors.get(frame.evaluate(node.callee as acorn.Expression, scope));
  if (!made) return frame.fail(node, '`new` is not supported', 'Write functions and plain objects.');
  const values = node.arguments.flatMap((argument) => elements(frame, argument, scope));
  return made({ frame, at: node, receiver: undefined, values, written: (i) => node.arguments[i] ?? node });
}

/** A named function expression can refer to itself. */
function functionValue(frame: Frame, node: acorn.FunctionExpression | acorn.ArrowFunctionExpression, scope: Scope) {
  if (node.type !== 'FunctionExpression' || !node.id) return closure(frame, node, scope);
  const inner = new Scope(scope, frame.reading.memory);
  const made = closure(frame, node, inner);
  inner.declare(node.id.name, made, 'function name');
  return made;
}

function object(frame: Frame, node: acorn.ObjectExpression, scope: Scope): OwnObject {
  const record = emptyRecord();
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const source = frame.evaluate(property.argument, scope);
      if (source === undefined || source === null) continue;
      for (const [key, value] of entriesOf(frame, property.argument, source)) record[key] = value;
      continue;
    }
    const key = keyOf(frame, property, scope);
    if (property.kind === 'set') frame.fail(property, 'setters are not supported', 'Write a function.');
    if (key === '__proto__' && !property.shorthand) frame.fail(property, 'prototypes are not supported');
    const value = frame.evaluate(property.value, scope);
    record[key] = property.kind === 'get' && value instanceof Closure ? new Getter(value) : value;
  }
  return ownObject(frame, record);
}
