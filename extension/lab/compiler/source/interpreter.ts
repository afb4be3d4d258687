/**
 * Reads a user's scalar function into the graph: its syntax tree is evaluated with nodes for the parameters and plain
 * values for everything else. Loops with plain bounds unroll, `if` and `?:` on traced values become selections, calls
 * of the user's other functions are read in turn. What has no derivative is an error at that very expression.
 */
import type * as acorn from 'acorn';
import { show } from '../../options.ts';
import { GraphBuilder } from '../builder.ts';
import { describe, Expressions, outermost } from './expressions.ts';
import type { FunctionReader, UserFunction } from './functionSource.ts';
import { type ParsedFunction, parseFunction } from './parse.ts';
import { bindPattern } from './patterns.ts';
import { Scope } from './scope.ts';
import { Closure, Traced } from './values.ts';

export { toNode } from './arithmetic.ts';

/** Rounds that one loop may make. */
const LONGEST_LOOP = 10_000;
const DEEPEST_CALL = 100;

/** How a list of statements ended: by `return`, by `break` or `continue`, or by running through (null). */
type Completion = { kind: 'return'; value: unknown } | { kind: 'break' | 'continue' } | null;

/**
 * Reads `fn` applied to `values`, whose numbers may be {@link Traced}.
 * @returns what it returns: a number, a traced value, or an object or array of them
 * @throws DefinitionError at the expression that cannot be differentiated
 */
export function trace(g: GraphBuilder, read: FunctionReader, fn: UserFunction, values: unknown[]): unknown {
  const parsed = parseFunction(read(fn));
  return new Interpreter(g, read, parsed, 0).call(parsed, outermost(parsed), values);
}

/**
 * Evaluates `fn` for plain numbers, with each of these lists of arguments.
 * @throws DefinitionError where the result is not finite: at the first expression that is not a number, or else not finite
 */
export function requireFinite(read: FunctionReader, fn: UserFunction, cases: Iterable<unknown[]>): void {
  const parsed = parseFunction(read(fn));
  const g = new GraphBuilder();
  for (const values of cases) {
    const result = new Interpreter(g, read, parsed, 0).call(parsed, outermost(parsed), values);
    if (typeof result !== 'number' || Number.isFinite(result)) continue;
    for (const isWanted of [Number.isNaN, (value: number) => !Number.isFinite(value)]) {
      new Watcher(g, read, parsed, 0, isWanted).call(parsed, outermost(parsed), values);
    }
  }
}

class Interpreter extends Expressions {
  constructor(
    g: GraphBuilder,
    read: FunctionReader,
    parsed: ParsedFunction,
    protected readonly depth: number,
  ) {
    super(g, read, parsed);
  }

  call(parsed: ParsedFunction, outside: Scope, values: unknown[]): unknown {
    const { node } = parsed;
    if (node.async || node.generator) this.fail(node, 'an async function or a generator cannot be differentiated');
    const scope = new Scope(outside);
    node.params.forEach((pattern, position) => {
      bindPattern(pattern, values[position], {
        declare: (name, value) => scope.declare(name, value, false),
        evaluate: (expression) => this.expression(expression, scope),
        property: (object, key, at) => this.property(object, key, at),
        fail: (at, message) => this.fail(at, message),
      });
    });
    if (node.body.type !== 'BlockStatement') return this.expression(node.body, scope);
    const end = this.statements(node.body.body, scope);
    return end?.kind === 'return' ? end.value : undefined;
  }

  private statements(list: acorn.Node[], scope: Scope): Completion {
    for (let i = 0; i < list.length; i++) {
      const statement = list[i] as acorn.Statement;
      if (statement.type === 'IfStatement') {
        const end = this.if(statement, list.slice(i + 1), scope);
        if (end !== 'through') return end;
        continue;
      }
      const end = this.statement(statement, scope);
      if (end) return end;
    }
    return null;
  }

  private statement(node: acorn.Statement, scope: Scope): Completion {
    switch (node.type) {
      case 'ReturnStatement':
        return { kind: 'return', value: node.argument ? this.expression(node.argument, scope) : undefined };
      case 'ExpressionStatement':
        this.expression(node.expression, scope);
        return null;
      case 'VariableDeclaration':
        this.declaration(node, scope);
        return null;
      case 'FunctionDeclaration':
        scope.declare(
          node.id.name,
          new Closure({ ...this.parsed, node: { ...node, type: 'FunctionExpression', expression: false } }, scope),
          true,
        );
        return null;
      case 'BlockStatement':
        return this.statements(node.body, new Scope(scope));
      case 'EmptyStatement':
        return null;
      case 'ForStatement':
        return this.for(node, scope);
      case 'ForOfStatement':
        return this.forOf(node, scope);
      case 'BreakStatement':
        if (node.label) this.fail(node, 'a label cannot be read');
        return { kind: 'break' };
      case 'ContinueStatement':
        if (node.label) this.fail(node, 'a label cannot be read');
        return { kind: 'continue' };
      case 'IfStatement':
        return this.statements([node], scope);
      case 'WhileStatement':
      case 'DoWhileStatement':
        return this.fail(
          node,
          'an unbounded loop cannot be differentiated',
          'Use `for` with a bound that does not depend on the parameters.',
        );
      case 'ThrowStatement':
        return this.fail(node, 'an exception cannot be differentiated');
      default:
        return this.fail(node, `${describe(node)} cannot be differentiated`);
    }
  }

  private declaration(node: acorn.VariableDeclaration, scope: Scope): void {
    for (const { id, init } of node.declarations) {
      const value = init ? this.expression(init, scope) : undefined;
      bindPattern(id, value, {
        declare: (name, part) => scope.declare(name, part, node.kind === 'const'),
        evaluate: (expression) => this.expression(expression, scope),
        property: (object, key, at) => this.property(object, key, at),
        fail: (at, message) => this.fail(at, message),
      });
    }
  }

  /** `rest` are the statements after: where a branch returns, each side continues with them on its own. */
  private if(node: acorn.IfStatement, rest: acorn.Node[], scope: Scope): Completion | 'through' {
    const test = this.expression(node.test, scope);
    if (!(test instanceof Traced)) {
      const taken = test ? node.consequent : node.alternate;
      return (taken ? this.statements([taken], new Scope(scope)) : null) ?? 'through';
    }
    const before = scope.snapshot();
    const first = this.statements([node.consequent], new Scope(scope));
    const afterFirst = scope.snapshot();
    Scope.restore(before);
    const second = node.alternate ? this.statements([node.alternate], new Scope(scope)) : null;
    const afterSecond = scope.snapshot();
    if (first === null && second === null) {
      for (const [binding, value] of afterFirst) {
        const other = afterSecond.get(binding);
        binding.value = value === other ? value : this.merge(node, test, value, other);
      }
      return 'through';
    }
    const finish = (end: Completion, state: typeof before) => {
      if (end?.kind === 'return') return end.value;
      if (end) this.fail(node, `\`${end.kind}\` cannot depend on the parameters`);
      Scope.restore(state);
      const later = this.statements(rest, scope);
      if (later && later.kind !== 'return') this.fail(node, `\`${later.kind}\` cannot depend on the parameters`);
      return later?.value;
    };
    return { kind: 'return', value: this.merge(node, test, finish(first, afterFirst), finish(second, afterSecond)) };
  }

  private for(node: acorn.ForStatement, scope: Scope): Completion {
    const outer = new Scope(scope);
    if (node.init?.type === 'VariableDeclaration') this.declaration(node.init, outer);
    else if (node.init) this.expression(node.init, outer);
    for (let round = 0; ; round++) {
      const test = node.test ? this.expression(node.test, outer) : true;
      if (test instanceof Traced) this.fail(node.test ?? node, 'the bound of a loop cannot depend on the parameters');
      if (!test) return null;
      if (round >= LONGEST_LOOP)
        this.fail(node, `this loop makes more than ${LONGEST_LOOP} rounds`, 'Give it a smaller bound.');
      const end = this.statements([node.body], new Scope(outer));
      if (end?.kind === 'return') return end;
      if (end?.kind === 'break') return null;
      if (node.update) this.expression(node.update, outer);
    }
  }

  private forOf(node: acorn.ForOfStatement, scope: Scope): Completion {
    const items = this.expression(node.right, scope);
    if (!Array.isArray(items) && !ArrayBuffer.isView(items))
      this.fail(node.right, `\`for … of\` needs an array; this is ${show(items)}`);
    if (node.left.type !== 'VariableDeclaration')
      return this.fail(node.left, 'declare the variable of `for … of` in the loop');
    for (const item of Array.from(items as ArrayLike<unknown>)) {
      const inner = new Scope(scope);
      const [{ id }] = node.left.declarations;
      bindPattern(id, item, {
        declare: (name, value) => inner.declare(name, value, false),
        evaluate: (expression) => this.expression(expression, inner),
        property: (object, key, at) => this.property(object, key, at),
        fail: (at, message) => this.fail(at, message),
      });
      const end = this.statements([node.body], inner);
      if (end?.kind === 'return') return end;
      if (end?.kind === 'break') return null;
    }
    return null;
  }

  protected override enter(node: acorn.Node, parsed: ParsedFunction, scope: Scope, values: unknown[]): unknown {
    if (this.depth >= DEEPEST_CALL)
      this.fail(
        node,
        `calls are nested more than ${DEEPEST_CALL} deep`,
        'A recursion must end at a bound that does not depend on the parameters.',
      );
    return this.inner(parsed).call(parsed, scope, values);
  }

  /** What reads a function that this one calls. */
  protected inner(parsed: ParsedFunction): Interpreter {
    return new Interpreter(this.g, this.read, parsed, this.depth + 1);
  }
}

/** Stops at the first operation whose value is wanted. */
class Watcher extends Interpreter {
  constructor(
    g: GraphBuilder,
    read: FunctionReader,
    parsed: ParsedFunction,
    depth: number,
    private readonly isWanted: (value: number) => boolean,
  ) {
    super(g, read, parsed, depth);
  }

  protected override expression(node: acorn.Expression | acorn.Super | acorn.PrivateIdentifier, scope: Scope): unknown {
    const value = super.expression(node, scope);
    const isOperation = node.type !== 'Identifier' && node.type !== 'Literal';
    if (typeof value === 'number' && isOperation && this.isWanted(value)) {
      this.fail(node, `this is ${value} at the start`, 'Start elsewhere, or keep the expression within its domain.');
    }
    return value;
  }

  protected override inner(parsed: ParsedFunction): Interpreter {
    return new Watcher(this.g, this.read, parsed, this.depth + 1, this.isWanted);
  }
}
