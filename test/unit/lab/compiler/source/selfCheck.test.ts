import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../../../extension/lab/compiler/builder.ts';
import type { FunctionReader, UserFunction } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import { readTextOnly } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import { toNode, trace } from '../../../../../extension/lab/compiler/source/interpreter.ts';
import { requireAgreement } from '../../../../../extension/lab/compiler/source/selfCheck.ts';
import { Traced } from '../../../../../extension/lab/compiler/source/values.ts';

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
