/** Finds options in the text of a call, and where to add one. */
import type { SyntaxNode, Tree } from '@lezer/common';
import { keyOf } from './callee.ts';
import type { Span } from './edit.ts';
import { parsed, shallow } from './parser.ts';
import { toEnd } from './steps.ts';

/** Names of options and positions in arrays, from the options of the call inwards. */
export type OptionPath = readonly (string | number)[];

/** An option that is written in the text. */
export interface FoundOption {
  /** Null for an entry of an array. */
  key: Span | null;
  /** The same as the key where a variable is given by its name alone. */
  value: Span;
  isShorthand: boolean;
}

/** Where an option may be added, and the text around it. */
export interface OptionPlace {
  at: number;
  before: string;
  after: string;
}

/** The tree of a text; null if it is nested too deep. */
export const treeOf = (text: string): Tree | null =>
  shallow(text) < text.length ? null : toEnd(parsed(text, { parsed: 0, visited: 0 }));

/**
 * An option of a call, or the place where it may be added; null where the call or the objects around it are not
 * written there.
 * @param offset that of the name of the function that is called
 */
export function optionAt(text: string, offset: number, path: OptionPath): FoundOption | OptionPlace | null {
  const tree = treeOf(text);
  const call = tree && callAt(tree, offset);
  const list = call?.getChild('ArgList');
  if (!tree || !list) return null;
  const last = lastArgument(list);
  const name = path.at(-1);
  if (name === undefined) return null;
  if (!last) return path.length === 1 ? { at: list.from + 1, before: '{ ', after: ' }' } : null;
  const context = { text, tree };
  let node = literalOf(last, context);
  for (const part of path.slice(0, -1)) {
    const inside: SyntaxNode | null | undefined = node && partOf(node, part, text)?.value;
    node = inside ? literalOf(inside, context) : null;
  }
  if (!node) return null;
  const found = partOf(node, name, text);
  if (found)
    return { key: found.key && spanOf(found.key), value: spanOf(found.value), isShorthand: found.key === found.value };
  return node.name === 'ObjectExpression' ? placeIn(node, text) : null;
}

/** The call whose function is named at an offset. */
export function callAt(tree: Tree, offset: number): SyntaxNode | null {
  for (let node: SyntaxNode | null = tree.resolveInner(offset, 1); node; node = node.parent) {
    const callee = node.name === 'CallExpression' ? node.firstChild : null;
    if (callee && callee.from <= offset && offset < callee.to) return node;
  }
  return null;
}

interface Context {
  text: string;
  tree: Tree;
}

/** The object or array that an expression is; of a function, the one that it returns; of a constant, its value. */
function literalOf(node: SyntaxNode, context: Context): SyntaxNode | null {
  switch (node.name) {
    case 'ObjectExpression':
    case 'ArrayExpression':
      return node;
    case 'ParenthesizedExpression': {
      const inside = node.firstChild?.nextSibling;
      return inside ? literalOf(inside, context) : null;
    }
    case 'CallExpression': {
      // The definition of a sweep.
      const list = node.getChild('ArgList');
      const last = list && lastArgument(list);
      return last?.name === 'ArrowFunction' ? literalOf(last, context) : null;
    }
    case 'ArrowFunction': {
      const body = node.lastChild;
      const returned =
        body?.name === 'Block' ? body.getChildren('ReturnStatement').at(-1)?.firstChild?.nextSibling : body;
      return returned ? literalOf(returned, context) : null;
    }
    case 'VariableName': {
      const value = constantOf(context.text.slice(node.from, node.to), context);
      return value && value.name !== 'VariableName' ? literalOf(value, context) : null;
    }
    default:
      return null;
  }
}

/** The value of a constant at the top of the file. */
function constantOf(name: string, { text, tree }: Context): SyntaxNode | null {
  for (let statement = tree.topNode.firstChild; statement; statement = statement.nextSibling) {
    const declaration = statement.name === 'ExportDeclaration' ? statement.getChild('VariableDeclaration') : statement;
    const defined = declaration?.getChildren('VariableDefinition') ?? [];
    const found = defined.find(({ from, to }) => text.slice(from, to) === name);
    for (let next = found?.nextSibling; next; next = next.nextSibling) {
      if (next.name === ',') break;
      if (next.name !== 'Equals' && next.name !== 'TypeAnnotation') return next;
    }
  }
  return null;
}

function lastArgument(list: SyntaxNode): SyntaxNode | null {
  let last: SyntaxNode | null = null;
  for (let child = list.firstChild; child; child = child.nextSibling) {
    if (!['(', ')', ','].includes(child.name) && !child.name.endsWith('Comment')) last = child;
  }
  return last;
}

/** An entry of an object or an array; of several with one key, the last one, which counts. */
function partOf(
  node: SyntaxNode,
  part: string | number,
  text: string,
): { key: SyntaxNode | null; value: SyntaxNode } | null {
  if (node.name === 'ArrayExpression') {
    const entries: SyntaxNode[] = [];
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (!['[', ']', ','].includes(child.name) && !child.name.endsWith('Comment')) entries.push(child);
    }
    const value = typeof part === 'number' ? entries[part] : undefined;
    return value ? { key: null, value } : null;
  }
  for (const property of node.getChildren('Property').toReversed()) {
    const key = property.firstChild && keyOf(property.firstChild, text);
    const value = property.lastChild;
    if (key && value && key.name === String(part))
      return { key: key.node, value: value.from === key.node.from ? key.node : value };
  }
  return null;
}

/** Behind the last entry of an object, in its style. */
function placeIn(object: SyntaxNode, text: string): OptionPlace {
  const last = object.getChildren('Property').at(-1);
  if (!last) return { at: object.from + 1, before: ' ', after: ' ' };
  const hasComma = last.nextSibling?.name === ',';
  const at = hasComma ? last.nextSibling!.to : last.to;
  const lineStart = text.lastIndexOf('\n', last.from - 1) + 1;
  const indent = text.slice(lineStart, last.from);
  const isOnLine = lineStart > object.from && indent.trim() === '';
  const comma = hasComma ? '' : ',';
  return isOnLine
    ? { at, before: `${comma}\n${indent}`, after: hasComma ? ',' : '' }
    : { at, before: `${comma} `, after: hasComma ? ',' : '' };
}

const spanOf = ({ from, to }: SyntaxNode): Span => ({ from, to });
