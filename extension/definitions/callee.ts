/** Recognizes calls of `experiment` in a syntax tree. */
import type { SyntaxNode } from '@lezer/common';
import { literalValue } from './literal.ts';

/** `experiment` and its import aliases. */
export function calleesOf(text: string): ReadonlySet<string> {
  const names = new Set(['experiment']);
  for (const [, name = ''] of text.matchAll(/\bexperiment\s+as\s+([\w$]+)/g)) names.add(name);
  return names;
}

/** `experiment(…)`, `experiment<Type>(…)` or `lab.experiment(…)`. */
export function isExperiment(call: SyntaxNode, source: string, callees: ReadonlySet<string>): boolean {
  let callee = call.firstChild;
  if (callee?.name === 'InstantiationExpression') callee = callee.firstChild;
  if (callee?.name === 'VariableName') return callees.has(source.slice(callee.from, callee.to));
  return callee?.name === 'MemberExpression' && propertyOf(callee, source) === 'experiment';
}

/** The property name of a member expression: `lab.experiment`, or `lab['experiment']`. */
function propertyOf(member: SyntaxNode, source: string): string | null {
  const last = member.lastChild;
  if (last?.name === 'PropertyName') return source.slice(last.from, last.to);
  const inner = last?.name === ']' ? last.prevSibling : null;
  return inner && literalValue(inner, source);
}

/** Whether a name of `experiment` is used as a value (assigned or passed on), so that its calls cannot be found statically. */
export function isPassedOn(name: SyntaxNode): boolean {
  let parent = name.parent;
  if (parent?.name === 'InstantiationExpression') parent = parent.parent;
  if (!parent || parent.type.isError || parent.name === 'Script') return false;
  const isCallee = parent.name === 'CallExpression' && parent.firstChild?.from === name.from;
  return !isCallee && passingOn.has(parent.name);
}

/** Node types through which a value is passed on. */
const passingOn = new Set([
  ...['ArgList', 'VariableDeclaration', 'AssignmentExpression', 'ArrayExpression', 'Property', 'ArrowFunction'],
  ...['ReturnStatement', 'ConditionalExpression', 'BinaryExpression', 'ParenthesizedExpression', 'MemberExpression'],
]);

/** The name of a property of an object, with the node that is its key. */
export function keyOf(node: SyntaxNode, source: string): { name: string; node: SyntaxNode } | null {
  if (node.name === '[') {
    const inner = node.nextSibling;
    return inner && inner.name !== '[' ? keyOf(inner, source) : null;
  }
  if (node.name === 'PropertyDefinition') return { name: source.slice(node.from, node.to), node };
  if (node.name === 'Number') return { name: String(Number(source.slice(node.from, node.to))), node };
  const name = literalValue(node, source);
  return name === null ? null : { name, node };
}
