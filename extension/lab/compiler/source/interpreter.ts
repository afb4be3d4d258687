/**
 * Traces a user's scalar function into the graph. The syntax tree is interpreted with JavaScript semantics, with graph
 * nodes for the parameters and plain values for everything else. Loops are unrolled, conditions on traced values become
 * selections, and calls of other user functions are traced as well. An expression that cannot be differentiated is
 * reported at its location.
 */
import type * as acorn from 'acorn';
import { DefinitionError } from '../../errors.ts';
import type { Fix } from '../../fixes.ts';
import { GraphBuilder } from '../builder.ts';
import { begin, type Start, settle } from './branches.ts';
import { COMPOUND, nested, spend, withinEngine } from './budget.ts';
import { lift } from './coercion.ts';
import { expression } from './expressions.ts';
import { type Expression, type Frame, fallThrough, type Outcome, Reading, type Watch } from './frame.ts';
import type { FunctionReader, UserFunction } from './functionSource.ts';
import { hoist, hoistVariables } from './hoisting.ts';
import { natives, refusals } from './library/natives.ts';
import type { Mark } from './memory.ts';
import { notAFunction } from './operators.ts';
import { type ParsedFunction, parseFunction, placeOf, textOf } from './parse.ts';
import { destructure } from './patterns.ts';
import { ownArray, ownObject } from './properties.ts';
import { callArguments, scalarForm } from './scalarForm.ts';
import { Scope } from './scope.ts';
import { statements } from './statements.ts';
import { tensorOperations } from './tensorOperations.ts';
import { Choice, Closure, Traced } from './values.ts';

export { toNode } from './tracedValues.ts';

const DEEPEST_CALL = 100;

/**
 * Traces `fn` applied to `values`, whose numbers may be {@link Traced}.
 * @returns the result of the function: a number, a traced value, or an object or array of them
 * @throws DefinitionError at the expression that cannot be differentiated
 */
export function trace(g: GraphBuilder, read: FunctionReader, fn: UserFunction, values: unknown[]): unknown {
  return run(new Reading(g, read), fn, values);
}

/** Runs one interpretation. */
export function run(reading: Reading, fn: UserFunction, values: unknown[]): unknown {
  const { parsed, scope } = parsedOf(reading, fn, () => parseFunction(reading.read(fn)));
  const frame = new Call(reading, parsed, undefined, 0);
  const own = values.map((value) => (isRecordOfValues(value) ? ownObject(frame, value) : value));
  const result = withinEngine(
    (message, hint) => (reading.at?.frame ?? frame).fail(reading.at?.node ?? parsed.node, message, hint),
    () => frame.run(scope, own),
  );
  if (!(result instanceof Choice)) return result;
  // If one alternative is a boolean and the other a number, both are treated as numbers.
  return lift(frame, result, (one) => (typeof one === 'boolean' ? Number(one) : numberOf(one)));
}

function numberOf(value: unknown): unknown {
  return value instanceof Traced ? new Traced(value.id) : value;
}

function isRecordOfValues(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/**
 * Evaluates `fn` for plain numbers, with each of the given argument lists.
 * @throws DefinitionError if the result is not finite, at the first expression that is NaN or otherwise not finite
 */
export function requireFinite(read: FunctionReader, fn: UserFunction, cases: Iterable<unknown[]>): void {
  for (const values of cases) {
    const evaluate = (watch: Watch | null) => run(new Reading(new GraphBuilder(), read, watch), fn, values);
    const result = evaluate(null);
    if (typeof result !== 'number' || Number.isFinite(result)) continue;
    for (const isWanted of [Number.isNaN, (value: number) => !Number.isFinite(value)]) {
      evaluate((frame, at, value) => {
        const isOperation = at.type !== 'Identifier' && at.type !== 'Literal';
        if (typeof value !== 'number' || !isOperation || !isWanted(value)) return;
        frame.fail(
          at,
          `this is ${value} at the initialization`,
          'Choose a different initialization, or keep the expression within its domain.',
        );
      });
    }
  }
}

function parsedOf(
  reading: Reading,
  fn: unknown,
  parse: () => ParsedFunction,
): { parsed: ParsedFunction; scope: Scope } {
  let known = reading.parsed.get(fn);
  if (!known) {
    const parsed = parse();
    let scope = new Scope(null, reading.memory, (name) => parsed.source.resolve(name));
    const { node } = parsed;
    if (node.type === 'FunctionExpression' && node.id) {
      scope = new Scope(scope, reading.memory);
      scope.declare(node.id.name, fn, 'function name');
    }
    known = { parsed, scope };
    reading.parsed.set(fn, known);
  }
  return known;
}

/** One call of a function. */
class Call implements Frame {
  private readonly start: Start;

  constructor(
    readonly reading: Reading,
    readonly parsed: ParsedFunction,
    readonly receiver: unknown,
    private readonly depth: number,
  ) {
    this.start = begin(reading);
  }

  get mark(): Mark {
    return this.start.mark;
  }

  /** The result of the function for these arguments. */
  run(outside: Scope, values: unknown[]): unknown {
    const { node } = this.parsed;
    const { memory } = this.reading;
    if (node.async || node.generator) this.fail(node, 'an async function or a generator cannot be differentiated');
    const scope = new Scope(outside, memory);
    node.params.forEach((pattern, position) => {
      const isRest = pattern.type === 'RestElement';
      const value = isRest ? ownArray(this, values.slice(position)) : values[position];
      destructure(this, isRest ? pattern.argument : pattern, value, scope, (target, part, missing) => {
        scope.declare((target as acorn.Identifier).name, part).missing = missing;
      });
    });
    if (node.body.type !== 'BlockStatement') {
      const value = this.evaluate(node.body, scope);
      memory.commit(this.start.mark);
      return value;
    }
    hoistVariables(node.body.body, scope);
    hoist(this, node.body.body, scope);
    const end = this.execute(node.body.body, scope);
    return settle(this, this.start, end, ({ kind }) => kind === 'return').value;
  }

  evaluate(at: Expression, scope: Scope): unknown {
    const { reading } = this;
    spend(this, at, 1);
    reading.at = { frame: this, node: at };
    const value = nested(this, at, 1, () => expression(this, at, scope));
    reading.watch?.(this, at, value);
    return value;
  }

  evaluated(at: acorn.Node, value: unknown): void {
    spend(this, at, 1);
    this.reading.watch?.(this, at, value);
  }

  execute(list: readonly acorn.Node[], scope: Scope): Outcome {
    const [first] = list;
    return first ? nested(this, first, COMPOUND, () => statements(this, list, scope)) : fallThrough;
  }

  call(
    at: acorn.Node,
    callee: unknown,
    receiver: unknown,
    values: unknown[],
    written: readonly acorn.Node[] = [],
  ): unknown {
    spend(this, at, 1);
    return lift(this, callee, (fn) => {
      if (fn instanceof Closure) {
        const own = fn.parsed.node.type === 'ArrowFunctionExpression' ? fn.receiver : receiver;
        return this.enter(at, fn.parsed, own, fn.scope, values);
      }
      if (typeof fn !== 'function') return notAFunction(this, calleeOf(at), fn);
      const native = natives.get(fn);
      if (native) return native({ frame: this, at, receiver, values, written: (i) => written[i] ?? at });
      if (tensorOperations.has(fn)) {
        const instead = scalarForm(fn.name, callArguments(this.parsed, at));
        return this.fail(at, `${fn.name} operates on whole tensors`, 'Use plain arithmetic and `Math` here.', instead);
      }
      const { parsed, scope } = parsedOf(this.reading, fn, () => this.parse(at, fn as UserFunction));
      return this.enter(at, parsed, receiver, scope, values);
    });
  }

  private enter(at: acorn.Node, parsed: ParsedFunction, receiver: unknown, scope: Scope, values: unknown[]): unknown {
    if (this.depth >= DEEPEST_CALL)
      this.fail(
        at,
        `calls are nested more than ${DEEPEST_CALL} deep`,
        'The depth of a recursion must not depend on the parameters.',
      );
    const called = new Call(this.reading, parsed, receiver, this.depth + 1);
    return nested(this, at, COMPOUND, () => called.run(scope, values));
  }

  private parse(at: acorn.Node, fn: UserFunction): ParsedFunction {
    try {
      return parseFunction(this.reading.read(fn));
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      return this.fail(
        at,
        `a call of ${fn.name || 'this function'} cannot be differentiated`,
        refusals.get(fn) ?? 'Its source code is not available: define it in your own files, or use `Math`.',
      );
    }
  }

  fail(at: acorn.Node, message: string, hint: string | null = null, instead: string | null = null): never {
    const fixes: Fix[] =
      instead === null ? [] : [{ type: 'replace', was: textOf(this.parsed, at), text: instead, imports: [] }];
    throw new DefinitionError(message, { place: placeOf(this.parsed, at), hint, fixes });
  }
}

function calleeOf(at: acorn.Node): acorn.Node {
  return at.type === 'CallExpression' ? (at as acorn.CallExpression).callee : at;
}
