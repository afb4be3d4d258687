/** Classification of type nodes. */
import type { Node } from '@babel/types';

/** Whether a statement or class member consists only of types. */
export function isTypeOnly(node: Node): boolean {
  if ('declare' in node && node.declare) return true;
  switch (node.type) {
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSDeclareFunction':
    case 'TSDeclareMethod':
    case 'TSIndexSignature':
    case 'TSNamespaceExportDeclaration':
      return true;
    case 'ImportDeclaration':
    case 'TSImportEqualsDeclaration':
      return node.importKind === 'type';
    case 'ExportAllDeclaration':
      return node.exportKind === 'type';
    case 'ExportNamedDeclaration':
      return node.exportKind === 'type' || (node.declaration != null && isTypeOnly(node.declaration));
    case 'ExportDefaultDeclaration':
      return isTypeOnly(node.declaration);
    case 'ClassProperty':
      return node.abstract === true;
    case 'TSModuleDeclaration':
      return isTypeOnly(node.body);
    case 'TSModuleBlock':
      return node.body.every(isTypeOnly);
    default:
      return false;
  }
}

/** Whether a name in an import or export list is a type, which is erased with the following comma. */
export function leavesNothing(node: Node): boolean {
  if (node.type === 'ImportSpecifier') return node.importKind === 'type';
  return node.type === 'ExportSpecifier' && node.exportKind === 'type';
}

/** TypeScript nodes that are not types: they have a value or are rejected. */
const VALUES = new Set<Node['type']>([
  'TSAsExpression',
  'TSEnumDeclaration',
  'TSExportAssignment',
  'TSImportEqualsDeclaration',
  'TSInstantiationExpression',
  'TSModuleDeclaration',
  'TSNonNullExpression',
  'TSParameterProperty',
  'TSSatisfiesExpression',
  'TSTypeAssertion',
]);

export const isType = ({ type }: Node): boolean => type.startsWith('TS') && !VALUES.has(type);

/**
 * Whether a line break ends a node, so that no `;` need stand there: a statement, or a field of a class.
 * @param key the property of its parent that holds it
 */
export function isStatement({ type }: Node, key: string): boolean {
  if (type === 'VariableDeclaration') return key !== 'init' && key !== 'left';
  return /(Statement|Declaration|Property)$/.test(type) && !/^(TS|ObjectProperty)/.test(type);
}
