/**
 * The names of optimizers, parameterizations and predictions of theory that claims ask for, as strings in calls such as
 * `result.mean('GD', 'linear')`.
 */
import type { SyntaxNode } from '@lezer/common';
import { keyOf } from './callee.ts';
import type { Span } from './edit.ts';
import { literalValue } from './literal.ts';
import { treeOf } from './options.ts';

/** What a string in a claim names: a part of the experiment, or what theory predicts of the end of training. */
export type Named = 'optimizer' | 'parameterization' | 'direction' | 'point' | 'condition';

/** The arguments of the methods of a result that are names. */
const METHODS: Readonly<Record<string, readonly Named[]>> = {
  mean: ['optimizer', 'parameterization'],
  invariance: ['optimizer'],
  angle: ['direction', 'optimizer', 'parameterization'],
  distance: ['point', 'optimizer', 'parameterization'],
  residual: ['condition', 'optimizer', 'parameterization'],
};

/** A string that names something; its span has the quotes. */
export interface ClaimName extends Span {
  of: Named;
  name: string;
}

export interface ClaimNames {
  names: ClaimName[];
  /** The names that the experiment defines; null where some of them are known only after running the file. */
  defined: Record<'optimizer' | 'parameterization', string[] | null>;
}

/** @param text that of one call of `experiment` */
export function claimNames(text: string): ClaimNames {
  const tree = treeOf(text);
  const defined: ClaimNames['defined'] = { optimizer: null, parameterization: null };
  const names: ClaimName[] = [];
  tree?.iterate({
    enter: ({ node }) => {
      if (node.name === 'String') {
        const of = namedBy(node, text);
        const name = of && literalValue(node, text);
        if (of && name !== null) names.push({ of, name, from: node.from, to: node.to });
      }
      const key = node.name === 'Property' && node.firstChild ? keyOf(node.firstChild, text)?.name : undefined;
      const kind = key === 'optimizers' ? 'optimizer' : key === 'parameterizations' ? 'parameterization' : null;
      const value = node.lastChild;
      // A sweep, or a full size, may define others, whose names must be the same.
      if (kind && value && defined[kind] === null) defined[kind] = keysOf(value, text);
    },
  });
  return { names, defined };
}

/** What a string names as an argument of a method of a result; null if it is none. */
export function namedBy(node: SyntaxNode, text: string): Named | null {
  const list = node.parent;
  const call = list?.name === 'ArgList' ? list.parent : null;
  const callee = call?.name === 'CallExpression' ? call.firstChild : null;
  const method = callee?.name === 'MemberExpression' ? callee.lastChild : null;
  if (!list || !callee || method?.name !== 'PropertyName' || !isResult(callee.firstChild, text)) return null;
  const name = text.slice(method.from, method.to);
  let position = 0;
  for (let before = node.prevSibling; before; before = before.prevSibling) if (before.name === ',') position++;
  return Object.hasOwn(METHODS, name) ? (METHODS[name]![position] ?? null) : null;
}

/** Whether an expression is `result`, `context.result`, or `result.at(…)`. */
function isResult(node: SyntaxNode | null, text: string): boolean {
  if (node?.name === 'VariableName') return text.slice(node.from, node.to) === 'result';
  if (node?.name === 'MemberExpression') {
    const property = node.lastChild;
    return property !== null && text.slice(property.from, property.to) === 'result';
  }
  const callee = node?.name === 'CallExpression' ? node.firstChild : null;
  const method = callee?.name === 'MemberExpression' ? callee.lastChild : null;
  return method !== null && text.slice(method.from, method.to) === 'at' && isResult(callee!.firstChild, text);
}

/** The keys of an object; null if they are not all written there. */
function keysOf(node: SyntaxNode, text: string): string[] | null {
  if (node.name !== 'ObjectExpression') return null;
  const keys = node.getChildren('Property').map((property) => {
    const key = property.firstChild && keyOf(property.firstChild, text);
    return key?.name ?? null;
  });
  return keys.every((key) => key !== null) ? keys : null;
}
