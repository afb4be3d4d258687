import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../../../extension/lab/compiler/builder.ts';
import {
  DEEPEST_NESTING,
  LONGEST_ARRAY,
  MOST_OPERATIONS,
} from '../../../../../extension/lab/compiler/source/budget.ts';
import { readTextOnly, type UserFunction } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import { trace } from '../../../../../extension/lab/compiler/source/interpreter.ts';
import { Traced } from '../../../../../extension/lab/compiler/source/values.ts';
import { DefinitionError } from '../../../../../extension/lab/errors.ts';
import { readAt } from './reading.ts';

/** The function of `u` with this body. */
function bodied(body: string): UserFunction {
  return new Function(`return ({ u }) => { ${body} }`)() as UserFunction;
}

/** Why the interpreter refuses this body. */
function refusal(body: string): DefinitionError {
  const g = new GraphBuilder();
  const u = new Traced(g.state('u', []));
  try {
    trace(g, readTextOnly, bodied(body), [{ u }]);
  } catch (error) {
    if (error instanceof DefinitionError) return error;
    throw error;
  }
  throw new Error('it is not refused');
}

const times = (count: number, text: (i: number) => string) => Array.from({ length: count }, (_, i) => text(i)).join('');

describe('long functions', () => {
  it.each<[string, string, number]>([
    ['statements', `let x = u; ${times(10_000, () => 'x += u;')} return x;`, 3 * 10_001],
    ['an operator between many terms', `return u${times(2000, () => ' + u')};`, 3 * 2001],
    ['a loop of operations', 'let x = u; for (let i = 0; i < 9000; i++) x = x + u; return x;', 3 * 9001],
    ['a search in a long array', 'return u * [...Array(100_000).keys()].indexOf(99_999);', 3 * 99_999],
    ['a test of a long array', 'return [...Array(100_000).keys()].every((i) => i >= 0) ? u : 0;', 3],
    ['a long push', 'const a = []; a.push(...Array(300_000).fill(1)); return u * a.length;', 900_000],
    [
      'a long unshift and splice',
      'const a = Array(200_000).fill(1); a.unshift(...a); a.splice(0, 1, ...a); return u * a.length;',
      3 * 799_999,
    ],
    ['many cases', `switch (5000) { ${times(5001, (i) => `case ${i}: return ${i} * u;`)} }`, 15_000],
  ])('take %s', (_, body, value) => {
    expect(readAt(bodied(body), 3).value).toBe(value);
  });

  it('negate and combine conditions thousands of times', () => {
    const body = 'let t = u > 0; for (let i = 0; i < 5000; i++) t = !(t && u > i / 1e6); return t ? u : -u;';
    const expected = bodied(body) as (values: { u: number }) => number;
    expect(readAt(bodied(body), 3).value).toBe(expected({ u: 3 }));
  });
});

describe('deep functions', () => {
  const deepest = DEEPEST_NESTING - 100;
  it.each<[string, string, number]>([
    ['operators', `return ${'u + ('.repeat(600)}0${')'.repeat(600)};`, 3 * 600],
    ['conditions', `return ${times(deepest / 4, (i) => `u > ${1000 - i} ? ${i} : `)} u;`, 3],
    [
      'branches',
      `${times(deepest / 8, (i) => `if (u < ${i}) return ${i}; else {`)} return u; ${'}'.repeat(deepest / 8)}`,
      4,
    ],
    ['searches', `return [${times(deepest / 4, (i) => `${i},`)}].findIndex((x) => x > u);`, 4],
  ])('take %s near the limit', (_, body, value) => {
    expect(readAt(bodied(body), 3).value).toBe(value);
  });

  it.each<[string, string]>([
    ['conditions', `return ${times(1600, (i) => `u > ${i} ? ${i} : `)} u;`],
    ['branches', `${times(800, (i) => `if (u < ${i}) return ${i}; else {`)} return u; ${'}'.repeat(800)}`],
    ['searches', 'return [...Array(2000).keys()].find((x) => x > u);'],
    ['alternatives', 'let f = (x) => x; for (let i = 0; i < 2000; i++) f = u > i ? (x) => x + i : f; return f(u);'],
    ['arrays', 'let a = [1]; for (let i = 0; i < 2000; i++) a = [a]; return u * a.flat(3000)[0];'],
    ['cases', `switch (u) { ${times(1000, (i) => `case ${i}: return ${i};`)} default: return u; }`],
  ])('refuse %s beyond it', (_, body) => {
    // By its number where the stack is as large as in the process of user code; here, the parser may give up before.
    expect(refusal(body).message).toMatch(/nested too deeply/);
  });

  it('refuse what the parser cannot nest', () => {
    const text = `({ u }) => ${'('.repeat(50_000)}u${')'.repeat(50_000)}`;
    const fn = Object.assign(() => 0, { toString: () => text });
    const read = () => ({ ...readTextOnly(fn as UserFunction), text });
    expect(() => trace(new GraphBuilder(), read, fn as UserFunction, [])).toThrow('nested too deeply to be read');
  });

  it('refuse arrays in themselves where JavaScript would overflow', () => {
    expect(refusal('const a = []; a.push(a); return u * JSON.stringify(a).length;').message).toBe(
      'the values here are nested too deeply',
    );
  });
});

describe('the budget', () => {
  it.each<[string, string]>([
    [
      'loops in loops',
      'let x = 0; for (let i = 0; i < 9000; i++) for (let j = 0; j < 9000; j++) x += 1; return u * x;',
    ],
    ['calls', 'const f = (n) => n === 0 ? 1 : f(n - 1) + f(n - 1); return u * f(60);'],
    ['copies', 'let a = Array(900_000).fill(1); for (let i = 0; i < 100; i++) a = [...a]; return u * a[0];'],
    ['methods', 'const a = Array(900_000).fill(1); for (let i = 0; i < 100; i++) a.reverse(); return u * a[0];'],
  ])('ends %s', (_, body) => {
    const { message, hint } = refusal(body);
    expect(message).toBe(`this function evaluates more than ${MOST_OPERATIONS} expressions`);
    expect(hint).toBe('Shorten its loops or its recursion.');
  });

  it.each<[string, string, string]>([
    ['Array(n)', 'return u * Array(2_000_000).length;', '2000000 entries'],
    ['an index', 'const a = []; a[1_500_000] = 1; return u * a.length;', '1500000 entries'],
    ['from', 'return u * Array.from({ length: 1e9 }).length;', '1000000000 entries'],
    ['push', 'const a = Array(600_000).fill(1); a.push(...a); return u;', '1200000 entries'],
  ])('refuses a too long array of %s', (_, body, entries) => {
    expect(refusal(body).message).toBe(
      `this array has ${entries}, more than the ${LONGEST_ARRAY} that one may have here`,
    );
  });

  it('says what JavaScript refuses', () => {
    expect(refusal("return u * 'x'.repeat(2 ** 40).length;").message).toContain('JavaScript refuses this: ');
  });
});

it('says that the properties of alternatives are unknown', () => {
  expect(refusal('const o = u > 0 ? { a: 1 } : { b: 2 }; return u * Object.keys(o).length;').message).toBe(
    'the contents of this depend on the parameters',
  );
});
