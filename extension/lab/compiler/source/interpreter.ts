/**
 * Reads a user's scalar function into the graph: its syntax tree is evaluated with nodes for the parameters and plain
 * values for everything else. Loops with plain bounds unroll, `if` and `?:` on traced values become selections, calls
 * of the user's other functions are read in turn. What has no derivative is an error at that very expression.
 */
import type * as acorn from 'acorn';
import { DefinitionError } from '../../errors.ts';
import { show } from '../../options.ts';
import type { GraphBuilder } from '../builder.ts';
import type { BinaryFunction } from '../functions.ts';
import type { NodeId } from '../graph.ts';
import type { FunctionReader, UserFunction } from './functionSource.ts';
import { intrinsics } from './intrinsics.ts';
import { type ParsedFunction, parseFunction, placeOf } from './parse.ts';
import { bindPattern } from './patterns.ts';
import { Scope } from './scope.ts';
import { tensorOperations } from './tensorOperations.ts';
import { Closure, Traced } from './values.ts';

/** Rounds that one loop may make. */
const LONGEST_LOOP = 10_000;
/** Nodes that one function may become. */
const LARGEST_GRAPH = 200_000;
const DEEPEST_CALL = 100;

/** How a list of statements ended: by `return`, by `break` or `continue`, or by running through (null). */
type Completion = { kind: 'return'; value: unknown } | { kind: 'break' | 'continue' } | null;

const binaryOperators: Partial<Record<string, BinaryFunction>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '%': 'remainder',
  '**': 'power',
  '<': 'less',
  '<=': 'lessEqual',
  '>': 'greater',
  '>=': 'greaterEqual',
  '==': 'equal',
  '===': 'equal',
  '!=': 'notEqual',
  '!==': 'notEqual',
};

/**
 * Reads `fn` applied to `values`, whose numbers may be {@link Traced}.
 * @returns what it returns: a number, a traced value, or an object or array of them
 * @throws DefinitionError at the expression that cannot be differentiated
 */
export function trace(g: GraphBuilder, read: FunctionReader, fn: UserFunction, values: unknown[]): unknown {
  const parsed = parseFunction(read(fn));
  return new Interpreter(g, read, parsed, 0).call(parsed, outermost(parsed), values);
}

/** A traced value or a plain number as a node. */
export function toNode(g: GraphBuilder, value: unknown): NodeId | null {
  if (value instanceof Traced) return value.id;
  if (typeof value === 'number') return g.scalar(value);
  if (typeof value === 'boolean') return g.scalar(value ? 1 : 0);
  return null;
}

function outermost(parsed: ParsedFunction): Scope {
  return new Scope(null, (name) => parsed.source.resolve(name));
}

class Interpreter {
  constructor(
    private readonly g: GraphBuilder,
    private readonly read: FunctionReader,
    private readonly parsed: ParsedFunction,
    private readonly depth: number,
  ) {}

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

  private fail(node: acorn.Node, message: string, hint: string | null = null): never {
    throw new DefinitionError(message, { place: placeOf(this.parsed, node), hint });
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

  /** What a variable is after a traced condition. */
  private merge(node: acorn.Node, test: Traced, a: unknown, b: unknown): unknown {
    const [left, right] = [toNode(this.g, a), toNode(this.g, b)];
    if (left !== null && right !== null) return new Traced(this.g.select(test.id, left, right));
    if (a === undefined || b === undefined)
      return this.fail(node, 'one branch has no value', 'Give both branches a number.');
    return this.fail(node, `the two branches give ${show(a)} and ${show(b)}: both must be numbers`);
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

  private expression(node: acorn.Expression | acorn.Super | acorn.PrivateIdentifier, scope: Scope): unknown {
    switch (node.type) {
      case 'Literal':
        if (node.regex || typeof node.value === 'bigint')
          return this.fail(node, 'only numbers take part in the mathematics');
        return node.value;
      case 'Identifier':
        return this.name(node, scope);
      case 'ParenthesizedExpression':
        return this.expression(node.expression, scope);
      case 'UnaryExpression':
        return this.unary(node, scope);
      case 'BinaryExpression':
        return this.arithmetic(
          node,
          node.operator,
          this.expression(node.left, scope),
          this.expression(node.right, scope),
        );
      case 'LogicalExpression':
        return this.logical(node, scope);
      case 'ConditionalExpression':
        return this.conditional(node, scope);
      case 'MemberExpression':
        return this.member(node, scope);
      case 'CallExpression':
        return this.invoke(node, scope);
      case 'AssignmentExpression':
        return this.assignment(node, scope);
      case 'UpdateExpression': {
        const before = this.expression(node.argument, scope);
        const after = this.arithmetic(node, node.operator === '++' ? '+' : '-', before, 1);
        this.assign(node.argument, after, scope);
        return node.prefix ? after : before;
      }
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return new Closure({ ...this.parsed, node }, scope);
      case 'ArrayExpression':
        return node.elements.map((element) => {
          if (!element) return undefined;
          if (element.type === 'SpreadElement') return this.fail(element, 'a spread cannot be read');
          return this.expression(element, scope);
        });
      case 'ObjectExpression':
        return this.object(node, scope);
      case 'SequenceExpression':
        return node.expressions.map((part) => this.expression(part, scope)).at(-1);
      default:
        return this.fail(node, `${describe(node)} cannot be differentiated`);
    }
  }

  private name(node: acorn.Identifier, scope: Scope): unknown {
    if (node.name === 'undefined') return undefined;
    try {
      return scope.get(node.name);
    } catch {
      return this.fail(node, `'${node.name}' is not known here`, 'Declare it in the file, or import it.');
    }
  }

  private unary(node: acorn.UnaryExpression, scope: Scope): unknown {
    const value = this.expression(node.argument, scope);
    if (value instanceof Traced) {
      if (node.operator === '-') return new Traced(this.g.unary('negate', value.id));
      if (node.operator === '+') return value;
      if (node.operator === '!') return new Traced(this.g.unary('not', value.id));
      return this.fail(node, `\`${node.operator}\` cannot be differentiated`);
    }
    if (node.operator === '!') return !value;
    if (typeof value !== 'number') return this.fail(node.argument, `this is ${show(value)}, not a number`);
    if (node.operator === '-') return -value;
    if (node.operator === '+') return value;
    return this.fail(node, `\`${node.operator}\` cannot be differentiated`);
  }

  private arithmetic(node: acorn.Expression, operator: string, a: unknown, b: unknown): unknown {
    const fn = binaryOperators[operator];
    if (!fn) return this.fail(node, `\`${operator}\` cannot be differentiated`);
    if (!(a instanceof Traced) && !(b instanceof Traced) && (operator.startsWith('==') || operator.startsWith('!='))) {
      return operator.startsWith('=') ? a === b : a !== b;
    }
    const [left, right] = [this.operand(node, a), this.operand(node, b)];
    const id = this.checked(node, () => this.g.binary(fn, left, right));
    const plain = a instanceof Traced || b instanceof Traced ? null : this.g.scalarValue(id);
    if (plain === null) return new Traced(id);
    return '<>'.includes(operator[0]) ? plain !== 0 : plain;
  }

  private operand(node: acorn.Node, value: unknown): NodeId {
    const id = toNode(this.g, value);
    if (id !== null) return id;
    if (value === undefined)
      return this.fail(node, 'one side has no value', 'Is a name misspelt, or a parameter missing?');
    return this.fail(node, `one side is ${show(value)}, not a number`);
  }

  /** Runs a step of building the graph: a shape that does not fit is an error at `node`. */
  private checked<T>(node: acorn.Node, build: () => T): T {
    if (this.g.graph.nodes.length > LARGEST_GRAPH) {
      this.fail(node, `this function needs more than ${LARGEST_GRAPH} operations`, 'Make its loops shorter.');
    }
    try {
      return build();
    } catch (error) {
      if (error instanceof DefinitionError && !error.place) this.fail(node, error.message, error.hint);
      throw error;
    }
  }

  private logical(node: acorn.LogicalExpression, scope: Scope): unknown {
    const left = this.expression(node.left, scope);
    if (!(left instanceof Traced)) {
      const takesLeft =
        node.operator === '&&' ? !left : node.operator === '||' ? left : left !== null && left !== undefined;
      return takesLeft ? left : this.expression(node.right, scope);
    }
    if (node.operator === '??') return left;
    const right = this.operand(node.right, this.expression(node.right, scope));
    return new Traced(this.checked(node, () => this.g.binary(node.operator === '&&' ? 'and' : 'or', left.id, right)));
  }

  private conditional(node: acorn.ConditionalExpression, scope: Scope): unknown {
    const test = this.expression(node.test, scope);
    if (!(test instanceof Traced)) return this.expression(test ? node.consequent : node.alternate, scope);
    const a = this.expression(node.consequent, scope);
    return this.checked(node, () => this.merge(node, test, a, this.expression(node.alternate, scope)));
  }

  private member(node: acorn.MemberExpression, scope: Scope): unknown {
    const object = this.expression(node.object, scope);
    if (node.computed) {
      const key = this.expression(node.property, scope);
      if (key instanceof Traced) return this.fail(node.property, 'an index cannot depend on the parameters');
      return this.property(object, String(key), node);
    }
    return this.property(object, (node.property as acorn.Identifier).name, node);
  }

  private property(object: unknown, key: string, node: acorn.Node): unknown {
    if (object instanceof Traced) {
      return this.fail(
        node,
        'a parameter of this function is one number: it has no properties',
        'Use traced operations (`parameterization`) for whole vectors and matrices.',
      );
    }
    if (object === undefined || object === null)
      return this.fail(node, `this has no property '${key}': it is ${object}`);
    const value = Reflect.get(Object(object), key);
    if (value === undefined && !(key in Object(object))) {
      const names = Object.keys(Object(object)).slice(0, 8);
      return this.fail(
        node,
        `there is no '${key}' here`,
        names.length > 0 ? `There is ${names.map((name) => `'${name}'`).join(', ')}.` : null,
      );
    }
    return value;
  }

  private invoke(node: acorn.CallExpression, scope: Scope): unknown {
    const callee = this.expression(node.callee, scope);
    const values = node.arguments.map((argument) => {
      if (argument.type === 'SpreadElement') return this.fail(argument, 'a spread cannot be read');
      return this.expression(argument, scope);
    });
    if (callee instanceof Closure) return this.enter(node, callee.parsed, callee.scope, values);
    if (typeof callee !== 'function') return this.fail(node.callee, `this is ${show(callee)}, not a function`);
    const intrinsic = intrinsics.get(callee);
    if (intrinsic) {
      if (values.every((value) => typeof value === 'number')) return callee(...values);
      const operands = values.map((value, i) => this.operand(node.arguments[i], value));
      if (operands.length === 0) return this.fail(node, 'this function needs a number');
      return new Traced(this.checked(node, () => intrinsic(this.g, operands)));
    }
    if (tensorOperations.has(callee)) {
      return this.fail(node, `${callee.name} works on whole tensors`, 'Here write plain arithmetic and `Math`.');
    }
    const parsed = parseFunctionAt(this.read, callee as UserFunction, (message, hint) =>
      this.fail(node, message, hint),
    );
    return this.enter(node, parsed, outermost(parsed), values);
  }

  private enter(node: acorn.Node, parsed: ParsedFunction, scope: Scope, values: unknown[]): unknown {
    if (this.depth >= DEEPEST_CALL)
      this.fail(
        node,
        `calls are nested more than ${DEEPEST_CALL} deep`,
        'A recursion must end at a bound that does not depend on the parameters.',
      );
    return new Interpreter(this.g, this.read, parsed, this.depth + 1).call(parsed, scope, values);
  }

  private assignment(node: acorn.AssignmentExpression, scope: Scope): unknown {
    const right = this.expression(node.right, scope);
    const operator = node.operator.slice(0, -1);
    const value =
      operator === ''
        ? right
        : this.arithmetic(node, operator, this.expression(node.left as acorn.Expression, scope), right);
    this.assign(node.left, value, scope);
    return value;
  }

  private assign(target: acorn.Node, value: unknown, scope: Scope): void {
    if (target.type !== 'Identifier') this.fail(target, 'only a variable of this function can be assigned');
    const { name } = target as acorn.Identifier;
    if (!scope.set(name, value)) {
      this.fail(
        target,
        `'${name}' cannot be assigned here`,
        'It is a constant, or it is declared outside this function.',
      );
    }
  }

  private object(node: acorn.ObjectExpression, scope: Scope): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const property of node.properties) {
      if (property.type === 'SpreadElement') return this.fail(property, 'a spread cannot be read');
      const { key } = property;
      const name = property.computed
        ? this.expression(key, scope)
        : key.type === 'Identifier'
          ? key.name
          : this.expression(key, scope);
      result[String(name)] = this.expression(property.value, scope);
    }
    return result;
  }
}

function parseFunctionAt(
  read: FunctionReader,
  fn: UserFunction,
  fail: (message: string, hint: string | null) => never,
): ParsedFunction {
  try {
    return parseFunction(read(fn));
  } catch (error) {
    if (error instanceof DefinitionError) {
      fail(
        `a call of ${fn.name || 'this function'} cannot be differentiated`,
        'Its source cannot be read: write it in your own files, or use `Math`.',
      );
    }
    throw error;
  }
}

/** A syntax node in words. */
function describe(node: acorn.Node): string {
  const words: Partial<Record<string, string>> = {
    AwaitExpression: '`await`',
    ClassDeclaration: 'a class',
    ClassExpression: 'a class',
    ForInStatement: '`for … in`',
    ImportExpression: 'an import',
    NewExpression: '`new`',
    SwitchStatement: '`switch`',
    TaggedTemplateExpression: 'a template',
    TemplateLiteral: 'a template',
    ThisExpression: '`this`',
    TryStatement: '`try`',
    YieldExpression: '`yield`',
  };
  return words[node.type] ?? `a ${node.type}`;
}
