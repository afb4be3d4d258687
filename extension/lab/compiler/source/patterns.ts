/** Binds the names of a destructuring pattern: `({ u, v: [a, b], scale = 1 }) => …`. */
import type * as acorn from 'acorn';

interface Binder {
  declare(name: string, value: unknown): void;
  evaluate(expression: acorn.Expression): unknown;
  property(object: unknown, key: string, at: acorn.Node): unknown;
  fail(at: acorn.Node, message: string): never;
}

export function bindPattern(pattern: acorn.Pattern, value: unknown, binder: Binder): void {
  switch (pattern.type) {
    case 'Identifier':
      binder.declare(pattern.name, value);
      return;
    case 'AssignmentPattern':
      bindPattern(pattern.left, value === undefined ? binder.evaluate(pattern.right) : value, binder);
      return;
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') binder.fail(property, 'a rest element cannot be read');
        if (property.computed || property.key.type !== 'Identifier')
          binder.fail(property, 'a computed name cannot be read');
        const { name } = property.key;
        const hasDefault = property.value.type === 'AssignmentPattern' && !(name in Object(value));
        bindPattern(property.value, hasDefault ? undefined : binder.property(value, name, property), binder);
      }
      return;
    case 'ArrayPattern':
      pattern.elements.forEach((element, position) => {
        if (!element) return;
        if (element.type === 'RestElement') binder.fail(element, 'a rest element cannot be read');
        bindPattern(element, binder.property(value, String(position), element), binder);
      });
      return;
    default:
      binder.fail(pattern, 'this pattern cannot be read');
  }
}
