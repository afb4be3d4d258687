/** Evaluates the expressions of a user's function, with nodes for what depends on the parameters. */
import type * as acorn from 'acorn';
import { DefinitionError } from '../../errors.ts';
import { show } from '../../options.ts';
import type { GraphBuilder } from '../builder.ts';
import { Arithmetic } from './arithmetic.ts';
import type { FunctionReader, UserFunction } from './functionSource.ts';
import { intrinsics } from './intrinsics.ts';
import { type ParsedFunction, parseFunction } from './parse.ts';
import { Scope } from './scope.ts';
import { tensorOperations } from './tensorOperations.ts';
import { Closure, Traced } from './values.ts';

export abstract class Expressions extends Arithmetic {
  constructor(
    g: GraphBuilder,
    protected readonly read: FunctionReader,
    parsed: ParsedFunction,
  ) {
    super(g, parsed);
  }

  /** Reads another function applied to values. */
  protected abstract enter(node: acorn.Node, parsed: ParsedFunction, scope: Scope, values: unknown[]): unknown;

  protected expression(node: acorn.Expression | acorn.Super | acorn.PrivateIdentifier, scope: Scope): unknown {
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

  protected property(object: unknown, key: string, node: acorn.Node): unknown {
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

/** Where the free names of a function come from. */
export function outermost(parsed: ParsedFunction): Scope {
  return new Scope(null, (name) => parsed.source.resolve(name));
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
export function describe(node: acorn.Node): string {
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
