/** Destructuring: `({ u, v: [a, b], scale = 1, ...rest }) => …`, `[a, b] = [b, a]`. */
import type * as acorn from 'acorn';
import { didYouMean } from '../../fixes.ts';
import { closest } from '../../options.ts';
import { lift, toKey } from './coercion.ts';
import type { Frame } from './frame.ts';
import type { UnknownName } from './missing.ts';
import { textOf } from './parse.ts';
import { entriesOf, getProperty, iterate, ownArray, ownObject } from './properties.ts';
import type { Scope } from './scope.ts';

/** Called for each name, or other target, of a pattern. */
export type Bind = (
  target: acorn.Identifier | acorn.MemberExpression,
  value: unknown,
  missing: UnknownName | null,
) => void;

export function destructure(
  frame: Frame,
  pattern: acorn.Pattern,
  value: unknown,
  scope: Scope,
  bind: Bind,
  missing: UnknownName | null = null,
): void {
  switch (pattern.type) {
    case 'Identifier':
    case 'MemberExpression':
      bind(pattern, value, missing);
      return;
    case 'AssignmentPattern':
      destructure(frame, pattern.left, withDefault(frame, pattern, value, scope), scope, bind);
      return;
    case 'ObjectPattern':
      destructureObject(frame, pattern, value, scope, bind);
      return;
    case 'ArrayPattern': {
      const items = iterate(frame, pattern, value);
      pattern.elements.forEach((element, i) => {
        if (!element) return;
        const isRest = element.type === 'RestElement';
        destructure(
          frame,
          isRest ? element.argument : element,
          isRest ? ownArray(frame, items.slice(i)) : items[i],
          scope,
          bind,
        );
      });
      return;
    }
    default:
      frame.fail(pattern, 'this pattern is not supported');
  }
}

function withDefault(frame: Frame, { right }: acorn.AssignmentPattern, value: unknown, scope: Scope): unknown {
  return lift(frame, value, (one) => (one === undefined ? frame.evaluate(right, scope) : one));
}

function destructureObject(frame: Frame, pattern: acorn.ObjectPattern, value: unknown, scope: Scope, bind: Bind): void {
  if (value === undefined || value === null) frame.fail(pattern, `this pattern needs an object; it gets ${value}`);
  const taken = new Set<string>();
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') {
      const rest = entriesOf(frame, property, value).filter(([key]) => !taken.has(key));
      destructure(frame, property.argument, ownObject(frame, Object.fromEntries(rest)), scope, bind);
      continue;
    }
    const key = keyOf(frame, property, scope);
    taken.add(key);
    const part = getProperty(frame, property, value, key);
    const unknown = part === undefined ? frame.reading.missing.get(property) : undefined;
    const missing = unknown ? meant(frame, unknown, property, pattern) : null;
    destructure(frame, property.value, part, scope, bind, missing);
  }
}

/** With what was meant by an unknown name of a pattern: the nearest name that it does not have. */
function meant(
  frame: Frame,
  unknown: UnknownName,
  { key, computed, value }: acorn.AssignmentProperty,
  { properties }: acorn.ObjectPattern,
): UnknownName {
  if (computed || key.type !== 'Identifier') return unknown;
  const taken = properties.map((one) => (one.type === 'Property' && one.key.type === 'Identifier' ? one.key.name : ''));
  const left = unknown.names.filter((name) => !taken.includes(name));
  const near = closest(key.name, left);
  if (near === null) return unknown;
  return { ...unknown, hint: didYouMean(near), instead: `${near}: ${textOf(frame.parsed, value)}` };
}

/** The key of a property: an identifier, a string, a number, or computed. */
export function keyOf(
  frame: Frame,
  { key, computed }: { key: acorn.Expression | acorn.PrivateIdentifier; computed: boolean },
  scope: Scope,
): string {
  if (!computed && key.type === 'Identifier') return key.name;
  return toKey(frame, key, frame.evaluate(key, scope));
}
