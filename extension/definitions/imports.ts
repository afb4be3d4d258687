/** Adds names to the import of a module. */
import type { SyntaxNode } from '@lezer/common';
import { literalValue } from './literal.ts';
import { treeOf } from './options.ts';

/** What is to be inserted so that names of a module are imported; null if nothing is, or if it is imported as a whole. */
export function importEdit(
  text: string,
  module: string,
  names: readonly string[],
): { at: number; text: string } | null {
  const tree = names.length > 0 ? treeOf(text) : null;
  if (!tree) return null;
  for (let statement = tree.topNode.firstChild; statement; statement = statement.nextSibling) {
    const source = statement.name === 'ImportDeclaration' ? statement.getChild('String') : null;
    if (!source || literalValue(source, text) !== module) continue;
    const group = statement.getChild('ImportGroup');
    if (!group || group.prevSibling?.name === 'type') continue;
    const known = new Set(namesIn(group, text));
    const missing = names.filter((name) => !known.has(name));
    const last = group.lastChild?.prevSibling;
    if (missing.length === 0 || !last) return null;
    const added = missing.join(', ');
    if (last.name === ',') return { at: last.to, text: ` ${added},` };
    return { at: last.to, text: last.name === '{' ? ` ${added} ` : `, ${added}` };
  }
  return { at: 0, text: `import { ${names.join(', ')} } from '${module}';\n` };
}

function namesIn(group: SyntaxNode, text: string): string[] {
  return [...group.getChildren('VariableDefinition'), ...group.getChildren('VariableName')].map(({ from, to }) =>
    text.slice(from, to),
  );
}
