/** TypeScript syntax with runtime semantics, which cannot be erased. */
import type { Node } from '@babel/types';

/** A message and a hint for unsupported syntax. */
export interface Refusal {
  message: string;
  hint: string;
}

const notSupported = (what: string, hint: string): Refusal => ({
  message: `${what} is not supported: only erasable types are removed`,
  hint,
});

const refusals: Partial<Record<Node['type'], Refusal>> = {
  TSEnumDeclaration: notSupported('enum', 'Write a plain object: const Colour = { Red: 0, Green: 1 } as const.'),
  TSModuleDeclaration: notSupported(
    'namespace',
    'Write a plain object `as const`, or put its members into a file of their own.',
  ),
  TSParameterProperty: notSupported(
    'a parameter property',
    'Declare the field, and assign it in the constructor: this.k = k.',
  ),
  TSImportEqualsDeclaration: notSupported('import =', "Write import name from '…', or import * as name from '…'."),
  TSExportAssignment: notSupported('export =', 'Write export default.'),
  TSTypeAssertion: notSupported('an assertion in angle brackets', 'Write value as Type.'),
};

const ungrouped: Refusal = {
  message: 'removing this assertion would change the order of evaluation',
  hint: 'Add parentheses: (a + b as number) * c.',
};

/** Why a node cannot be erased to JavaScript, or null if it can. */
export function refusalOf(node: Node): Refusal | null {
  return regroups(node) ? ungrouped : (refusals[node.type] ?? null);
}

/** Binary operators, from the loosest to the tightest. */
const PRECEDENCE = [
  '??',
  '||',
  '&&',
  '|',
  '^',
  '&',
  '== != === !==',
  '< > <= >= in instanceof',
  '<< >> >>>',
  '+ -',
  '* / %',
  '**',
];

const precedenceOf = (operator: string) => PRECEDENCE.findIndex((level) => level.split(' ').includes(operator));

/** In `a + b as T * c` the sum is multiplied; without the type it would be b alone. */
function regroups(node: Node): boolean {
  if (node.type !== 'BinaryExpression' && node.type !== 'LogicalExpression') return false;
  if (!isAssertion(node.left)) return false;
  let asserted: Node = node.left;
  while (isAssertion(asserted)) asserted = asserted.expression;
  if (asserted.type !== 'BinaryExpression' && asserted.type !== 'LogicalExpression') return false;
  return node.operator === '**' || precedenceOf(node.operator) > precedenceOf(asserted.operator);
}

const isAssertion = (node: Node) => node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression';
