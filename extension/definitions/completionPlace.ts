/** What may be written at a place of a text. */
import type { SyntaxNode } from '@lezer/common';
import { keyOf } from './callee.ts';
import { type Named, namedBy } from './claimNames.ts';
import type { Span } from './edit.ts';
import { treeOf } from './options.ts';
import { KINDS, type Kind } from './shape.ts';

/** A place, with the text that is replaced by what is chosen. */
export type CompletionPlace = Span &
  (
    | { kind: 'name'; of: Named }
    /** An entry of `parameterizations`, `optimizers` or `claims`. */
    | { kind: 'entry'; of: Kind }
    /** A statement at the top of the file. */
    | { kind: 'statement' }
  );

/** Null where nothing is known to be written. @param offset that of the cursor */
export function completionPlace(text: string, offset: number): CompletionPlace | null {
  const tree = treeOf(text);
  if (!tree) return null;
  const node = tree.resolveInner(offset, -1);
  if (node.name === 'String') return nameAt(node, text, offset);
  const word = wordBefore(text, offset);
  const entry = entryAt(node, text, word.from);
  if (entry) return { ...word, kind: 'entry', of: entry };
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return isAtTop(node) && text.slice(lineStart, word.from).trim() === '' ? { ...word, kind: 'statement' } : null;
}

function nameAt(node: SyntaxNode, text: string, offset: number): CompletionPlace | null {
  const of = namedBy(node, text);
  const isClosed = node.to - node.from > 1 && text[node.to - 1] === text[node.from];
  const end = isClosed ? node.to - 1 : offset;
  if (!of || offset <= node.from || offset > end) return null;
  return { kind: 'name', of, from: node.from + 1, to: end };
}

function wordBefore(text: string, offset: number): Span {
  const word = /[\p{ID_Continue}$]*$/u.exec(text.slice(Math.max(0, offset - 50), offset))?.[0] ?? '';
  return { from: offset - word.length, to: offset };
}

/** The object of an experiment in which a key may be written at the start of a word. */
function entryAt(node: SyntaxNode, text: string, from: number): Kind | null {
  let object: SyntaxNode | null = node;
  while (object && object.name !== 'ObjectExpression') {
    // Behind the colon, or inside of a value.
    if (object.name === 'Property' && text.slice(object.from, from).includes(':')) return null;
    if (!['Property', 'PropertyDefinition', 'VariableName', '⚠', '{', ','].includes(object.name)) return null;
    object = object.parent;
  }
  const property = object?.parent;
  if (!object || property?.name !== 'Property' || !property.firstChild) return null;
  const before = text
    .slice(object.from, from)
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    .trimEnd();
  if (!before.endsWith('{') && !before.endsWith(',')) return null;
  const key = keyOf(property.firstChild, text)?.name;
  return KINDS.find((kind) => kind === key) ?? null;
}

const isAtTop = (node: SyntaxNode): boolean =>
  node.name === 'Script' ||
  (['VariableName', 'ExpressionStatement', '⚠'].includes(node.name) && isAtTop(node.parent ?? node.toTree().topNode));
