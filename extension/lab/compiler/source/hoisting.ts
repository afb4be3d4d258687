/** Hoisting of declarations in functions and blocks. */
import type * as acorn from 'acorn';
import type { Frame } from './frame.ts';
import { type Scope, UNSET } from './scope.ts';
import { Closure } from './values.ts';

/** Declares the names of a block: functions are initialized immediately, other names at their declaration. */
export function hoist(frame: Frame, statements: readonly acorn.Node[], scope: Scope): void {
  for (const statement of statements as acorn.Statement[]) {
    if (statement.type === 'VariableDeclaration' && statement.kind !== 'var') {
      const kind = statement.kind === 'const' ? 'const' : 'let';
      for (const { id } of statement.declarations) for (const name of namesOf(id)) scope.declare(name, UNSET, kind);
    }
  }
  for (const statement of statements as acorn.Statement[]) {
    if (statement.type === 'FunctionDeclaration') scope.declare(statement.id.name, closure(frame, statement, scope));
  }
}

/** Declares the names of all `var` in a function. */
export function hoistVariables(body: readonly acorn.Node[], scope: Scope): void {
  for (const name of variablesOf(body)) if (!scope.has(name)) scope.declare(name, undefined);
}

/** A declared function as a value. */
export function closure(frame: Frame, node: acorn.FunctionDeclaration | acorn.Function, scope: Scope): Closure {
  const expression = node.type === 'FunctionDeclaration' ? { ...node, type: 'FunctionExpression' } : node;
  return new Closure({ ...frame.parsed, node: expression as Closure['parsed']['node'] }, scope, frame.receiver);
}

const known = new WeakMap<readonly acorn.Node[], string[]>();

function variablesOf(body: readonly acorn.Node[]): string[] {
  let names = known.get(body);
  if (!names) {
    names = body.flatMap(variablesIn);
    known.set(body, names);
  }
  return names;
}

/** The names that `var` declares in a statement, excluding nested functions. */
function variablesIn(node: acorn.Node | null | undefined): string[] {
  if (!node) return [];
  const statement = node as acorn.Statement;
  switch (statement.type) {
    case 'VariableDeclaration':
      return statement.kind === 'var' ? statement.declarations.flatMap(({ id }) => namesOf(id)) : [];
    case 'IfStatement':
      return [statement.consequent, statement.alternate].flatMap(variablesIn);
    case 'ForStatement':
      return [statement.init, statement.body].flatMap(variablesIn);
    case 'ForInStatement':
    case 'ForOfStatement':
      return [statement.left, statement.body].flatMap(variablesIn);
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
      return variablesIn(statement.body);
    case 'BlockStatement':
      return statement.body.flatMap(variablesIn);
    case 'SwitchStatement':
      return statement.cases.flatMap(({ consequent }) => consequent.flatMap(variablesIn));
    default:
      return [];
  }
}

/** The names that a pattern binds. */
export function namesOf(pattern: acorn.Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'AssignmentPattern':
      return namesOf(pattern.left);
    case 'RestElement':
      return namesOf(pattern.argument);
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? namesOf(element) : []));
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesOf(property.type === 'RestElement' ? property.argument : property.value),
      );
    default:
      return [];
  }
}
