/** Executes the statements of a user's function. */
import type * as acorn from 'acorn';
import { initialize } from './assignments.ts';
import { begin, branch, exit, settle } from './branches.ts';
import { truth } from './coercion.ts';
import { type Exit, type Frame, fallThrough, type Outcome } from './frame.ts';
import { hoist } from './hoisting.ts';
import { forIn, forLoop, forOf, whileLoop } from './loops.ts';
import { destructure } from './patterns.ts';
import { Scope } from './scope.ts';
import { switchStatement } from './switch.ts';
import { describeNode, Traced } from './values.ts';

/** Runs the statements of one block in order, as long as the next one can be reached. */
export function statements(frame: Frame, list: readonly acorn.Node[], scope: Scope): Outcome {
  const exits: Exit[] = [];
  for (const node of list) {
    const end = statement(frame, node as acorn.Statement, scope, []);
    exits.push(...end.exits);
    if (!end.continues) return { exits, continues: false };
  }
  return exits.length === 0 ? fallThrough : { exits, continues: true };
}

/** @param labels labels of the statement */
export function statement(frame: Frame, node: acorn.Statement, scope: Scope, labels: readonly string[]): Outcome {
  switch (node.type) {
    case 'ReturnStatement':
      return exit(frame, 'return', { value: node.argument ? frame.evaluate(node.argument, scope) : undefined });
    case 'ExpressionStatement':
      frame.evaluate(node.expression, scope);
      return fallThrough;
    case 'VariableDeclaration':
      declare(frame, node, scope);
      return fallThrough;
    case 'FunctionDeclaration':
    case 'EmptyStatement':
      return fallThrough;
    case 'BlockStatement':
      return block(frame, node.body, scope);
    case 'IfStatement': {
      const test = truth(frame, node.test, frame.evaluate(node.test, scope));
      const yes = () => block(frame, [node.consequent], scope);
      const no = () => (node.alternate ? block(frame, [node.alternate], scope) : fallThrough);
      if (test instanceof Traced) return branch(frame, test.id, yes, no);
      return test ? yes() : no();
    }
    case 'ForStatement':
      return forLoop(frame, node, scope, labels);
    case 'ForOfStatement':
      return forOf(frame, node, scope, labels);
    case 'ForInStatement':
      return forIn(frame, node, scope, labels);
    case 'WhileStatement':
    case 'DoWhileStatement':
      return whileLoop(frame, node, scope, labels);
    case 'SwitchStatement':
      return switchStatement(frame, node, scope);
    case 'LabeledStatement':
      return labelled(frame, node, scope, labels);
    case 'BreakStatement':
    case 'ContinueStatement':
      return exit(frame, node.type === 'BreakStatement' ? 'break' : 'continue', { label: node.label?.name });
    case 'ThrowStatement':
      return frame.fail(node, 'exceptions are not supported', 'Return a number for every input.');
    default:
      return frame.fail(node, `${describeNode(node)} is not supported`);
  }
}

/** Statements with their own scope. */
export function block(frame: Frame, body: readonly acorn.Node[], scope: Scope): Outcome {
  const inner = new Scope(scope, frame.reading.memory);
  hoist(frame, body, inner);
  return frame.execute(body, inner);
}

export function declare(frame: Frame, node: acorn.VariableDeclaration, scope: Scope): void {
  for (const { id, init } of node.declarations) {
    // `var x;` does not change x.
    if (!init && node.kind === 'var') continue;
    const value = init ? frame.evaluate(init, scope) : undefined;
    destructure(frame, id, value, scope, (at, part) => initialize(frame, at, part, scope));
  }
}

function labelled(frame: Frame, node: acorn.LabeledStatement, scope: Scope, labels: readonly string[]): Outcome {
  const { name } = node.label;
  const start = begin(frame.reading);
  const inner = statement(frame, node.body, scope, [...labels, name]);
  return settle(frame, start, inner, ({ kind, label }) => kind === 'break' && label === name).outcome;
}
