import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../../../extension/lab/compiler/builder.ts';
import type { FunctionReader, UserFunction } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import { readTextOnly } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import { toNode, trace } from '../../../../../extension/lab/compiler/source/interpreter.ts';
import { requireAgreement } from '../../../../../extension/lab/compiler/source/selfCheck.ts';
import { Traced } from '../../../../../extension/lab/compiler/source/values.ts';
import { DefinitionError } from '../../../../../extension/lab/errors.ts';

/** What the function captures. */
const captured = {
  list: [1, 2, 3],
  floats: new Float32Array([0.5]),
  holder: {
    k: 2,
    set() {
      this.k = 5;
      return 1;
    },
    get counted() {
      this.k += 1;
      return this.k;
    },
  },
  Made: class {},
  sequence: function* () {
    yield 1;
  },
};

const read: FunctionReader = (fn) => ({
  ...readTextOnly(fn),
  start: { file: 'f.ts', line: 1, column: 1 },
  resolve: (name) => (name in captured ? Reflect.get(captured, name) : readTextOnly(fn).resolve(name)),
});

function errorOf(body: string): DefinitionError {
  const f = new Function(...Object.keys(captured), `'use strict'; return ({ u, v }) => ${body}`)(
    ...Object.values(captured),
  ) as UserFunction;
  const g = new GraphBuilder();
  try {
    trace(g, read, f, [{ u: new Traced(g.state('u', [])), v: new Traced(g.state('v', [])) }]);
  } catch (error) {
    if (error instanceof DefinitionError) return error;
    throw error;
  }
  throw new Error('it was read');
}

/** The body, the part of it that the error is about, and words of the error or of what to do. */
const refused: [body: string, at: string, words: string][] = [
  ['{ holder.k = 3; return u; }', 'holder.k', 'declared outside this function'],
  ['{ list.push(1); return u; }', 'list.push(1)', 'Copy the array first'],
  ['holder.set()', 'this.k', 'declared outside this function'],
  ['holder.counted * u', 'this.k', 'declared outside this function'],
  ['new Made()', 'new Made()', 'plain objects'],
  ['sequence()', 'function*', 'generator'],
  ['floats.map((x) => x * u)[0]', 'floats.map((x) => x * u)', 'rounds its entries'],
  ['u * Math.random()', 'Math.random()', 'a different number for each call'],
  ['{ console.log(u); return u; }', 'console.log(u)', 'cannot be differentiated'],
  ['{ try { return u; } catch { return 1; } }', 'try { return u; } catch { return 1; }', '`try`'],
  ['{ if (u > 0) throw 1; return u; }', 'throw 1;', 'exception'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a program
  ['`${u}`.length', 'u', 'a string cannot depend on the parameters'],
  ['u.toFixed(2)', 'u.toFixed', 'cannot be differentiated'],
  ['u * holder.nope', 'holder.nope', "Available: 'k', 'set', 'counted'."],
  ['~~u', '~u', 'Math.trunc'],
  ['v + (u | 0)', 'u | 0', 'Math.trunc'],
  ['[1, 2][u > 0 ? 1 : 0]', 'u > 0 ? 1 : 0', 'an index cannot depend'],
  ['{ const k = 1; k = u; return k; }', 'k', 'cannot be assigned'],
  ['{ return y; let y = 1; }', 'y', 'used before it is declared'],
  ['{ let s = 0; while (s < u) s += 0.1; return s; }', 'while (s < u) s += 0.1;', 'unbounded loop'],
  ['[u, v].filter((x) => x > 0).length', '[u, v].filter((x) => x > 0)', 'Use a sum with `?:` instead'],
  ['[u, v].sort((a, b) => a - b)[0]', '[u, v].sort((a, b) => a - b)', 'an order cannot depend'],
  ['{ const a = []; if (u > 0) a.push(1); return a.length; }', 'a.length', 'depend on the parameters'],
  ['(() => { if (u > 0) return 1; })() + undefined', '(() => { if (u > 0) return 1; })()', 'no value'],
  ['[] + 1', '[]', 'not a number'],
  ['(function () { return arguments.length; })()', 'arguments', '...values'],
  ['parseFloat(u)', 'parseFloat(u)', 'cannot be differentiated'],
  ['Math.atan2(u)', 'Math.atan2(u)', 'needs 2 numbers'],
  ['{ const { a } = null; return a; }', '{ a }', 'needs an object'],
];

describe('what cannot be read is an error at that very expression', () => {
  it.each(refused)('%s', (body, at, words) => {
    const { message, hint, place } = errorOf(body);
    expect(`${message} ${hint}`).toContain(words);
    const texts = [`({ u, v }) => ${body}`, ...Object.values(captured).map(String), captured.holder.set.toString()];
    const accessor = Object.getOwnPropertyDescriptor(captured.holder, 'counted')?.get?.toString() ?? '';
    const found = [...texts, accessor].some((text) => {
      const line = text.split('\n')[(place?.line ?? 0) - 1] ?? '';
      return line.slice((place?.column ?? 0) - 1).startsWith(at);
    });
    expect(found, `at ${place?.line}:${place?.column}, not at ${at}`).toBe(true);
  });
});

describe('a function is called as itself when it is read', () => {
  const check = (called: UserFunction, asRead: UserFunction, starts: number[][] = [[0.3]]) => {
    const g = new GraphBuilder();
    const node = g.state('u', []);
    const output = toNode(g, trace(g, read, asRead, [{ u: new Traced(node) }])) as number;
    const toArguments = ([u]: readonly number[]) => [{ u }];
    requireAgreement({ fn: called, read, graph: g.graph, output, inputs: [{ name: 'u', node }], toArguments }, starts);
  };

  it('and an error says where it gives another number', () => {
    const called = ({ u }: { u: number }) => u * u + 1e-6;
    expect(() => check(called, ({ u }: { u: number }) => u * u)).toThrow(/returns .* for u = 0.3/);
    expect(() => check(called, called)).not.toThrow();
  });

  it('and an error says where it throws', () => {
    const called = () => {
      throw new Error('no');
    };
    expect(() => check(called, () => 1)).toThrow('called with u = 0.3, this function throws: no');
  });

  it('with room for rounding, and for conditions that hang on it', () => {
    const same: ((p: { u: number }) => number)[] = [
      ({ u }) => (Math.exp(u) * Math.exp(-u) === 1 ? 1 : 2),
      ({ u }) => 1 / (u * u - u * u + 1e-16 * u),
      ({ u }) => Math.sin(1e8 * Math.exp(u)),
      ({ u }) => Math.floor(Math.log(Math.exp(3 * u)) + 1e-9 * u),
      ({ u }) => (u > 0 ? Math.sqrt(u) : Number.NaN),
    ];
    for (const f of same) expect(() => check(f as UserFunction, f as UserFunction, [[0], [1], [0.1]])).not.toThrow();
  });
});
