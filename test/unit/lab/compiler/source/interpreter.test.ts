import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../../../extension/lab/compiler/builder.ts';
import type { FunctionReader, UserFunction } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import { readTextOnly } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import { trace } from '../../../../../extension/lab/compiler/source/interpreter.ts';
import { Traced } from '../../../../../extension/lab/compiler/source/values.ts';
import { DefinitionError } from '../../../../../extension/lab/errors.ts';
import { readAt } from './reading.ts';

/** Bodies of functions of `u` and `v`, by what they are about. */
const programs: Record<string, string[]> = {
  'logical operators': [
    '(u > 0 && u) * 3',
    '(u > 0 || u) * 3',
    '(u && v) + 1',
    '(u || v) + 1',
    '(u ?? v) + 1',
    '(null ?? u) * 2',
    '(undefined ?? v) * 2',
    '(0 ?? v) + u',
    '!u + !v + !!u',
    '(u > 0 && v > 0 && u * v) + 1',
    '(u > 0 && v > 0) || u < -1 ? u : v',
    '(u > 0 ? u : undefined) ?? v',
    '(u > 0 && { a: u })?.a ?? v',
  ],
  'side effects in one branch': [
    '{ let s = 0; u > 0 ? (s = u) : (s = 2 * v); return s; }',
    '{ let s = 1; u > 0 && (s = v); return s * u; }',
    '{ let s = 1; u > 0 || (s = v); return s * u; }',
    '{ let s = 1, n = 0; const f = (x) => { n += x; return x > 0; }; f(u) && f(v); return n + s; }',
    '{ const a = [1, 2]; if (u > 0) { a[0] = u; a.push(v); } else { a[1] = v; a.push(u); } return a[0] + 3 * a[1] + 5 * a[2]; }',
    '{ const o = { x: 1 }; if (u > v) o.x = u; return o.x * 2; }',
    '{ let s = 0; if (u > 0) { if (v > 0) s = 1; else s = 2; } else if (v > 0) s = 3; return s + u; }',
    '{ let x = u; x ||= v; x &&= 3 * x; return x; }',
    '{ let x = null; x ??= u; x ??= v; return x; }',
    '{ const o = {}; o.x ??= u; o.x ??= v; return o.x; }',
    '{ let n = 0; const o = { get x() { return u; } }; u > 0 ? n++ : n--; return n * o.x; }',
  ],
  'early returns and loops': [
    '{ for (let i = 0; i < 4; i++) { if (u > i * 0.5) return i + v; } return -1; }',
    '{ let s = 0; for (let i = 0; i < 5; i++) { if (i === 1) continue; if (i === 4) break; s += i * u; } return s; }',
    '{ let s = 0; for (let i = 0; i < 5; i++) { s += u; if (s > 1) break; s += v; } return s; }',
    '{ let s = 0; for (let i = 0; i < 5; i++) { if (u * i > 1) continue; s += i + v; } return s; }',
    '{ let s = 1, i = 0; while (i < 3) { s *= u; i++; } return s; }',
    '{ let s = 1, i = 0; do { s *= u; i++; } while (i < 3); return s; }',
    '{ let s = 0, i = 0; while (true) { if (i++ > 3) break; s += u; } return s; }',
    '{ let x = 1 + u * u; for (let i = 0; i < 20 && Math.abs(x * x - 2) > 1e-3; i++) x = (x + 2 / x) / 2; return x; }',
    '{ let s = 0; outer: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (j > i) continue outer; if (u > i + j) break outer; s += u * j + i; } s += 10; } return s; }',
    '{ let s = 0; block: { s += u; if (v > 0) break block; s += 100; } return s; }',
    '{ let s = 0; for (const k of [1, 2, 3]) s += k * u; return s; }',
    '{ let s = 0; for (const [k, w] of Object.entries({ a: 2, b: 3 })) s += w * u + k.length; return s; }',
    '{ let s = 0; for (const k in { a: 2, b: 3 }) s += k === "a" ? u : v; return s; }',
    '{ let s = 0; for (const i in [5, 6]) s += Number(i) + u; return s; }',
    '{ const fs = []; for (let i = 0; i < 3; i++) fs.push(() => i * u); return fs[0]() + 2 * fs[1]() + 3 * fs[2](); }',
    '{ const fs = []; for (var i = 0; i < 3; i++) fs.push(() => i * u); return fs[0]() + fs[1](); }',
    '{ let n = 0; for (let i = 0, j = 5; i < j; i++, j--) n += i * j * u; return n; }',
    '{ let x; for (x of [1, 2]); return x * u; }',
    '{ const f = (x) => { for (const k of [1, 2, 3]) { if (x < k) return k * x; } return x; }; return f(u) + f(v); }',
  ],
  scopes: [
    '{ if (1 < 2) { var t = u * u; } return t; }',
    '{ return sq(u); function sq(x) { return x * x; } }',
    '{ const p = function g(n) { return n <= 0 ? 1 : u * g(n - 1); }; return p(3); }',
    '{ let x = 1; { let x = u; x += 1; } return x + u; }',
    '{ const even = (n) => (n === 0 ? u : odd(n - 1)), odd = (n) => (n === 0 ? v : even(n - 1)); return even(5); }',
    '{ let n = 0; const count = () => ++n; count(); count(); return n * u; }',
    '{ var a = 1; var a; return a * u; }',
    '{ const f = (x, y = x * 2, ...rest) => x + y + rest.length; return f(u) + f(u, v, 1, 2); }',
    '{ const { a, ...rest } = { a: 1, b: u, c: v }; return a + rest.b * rest.c; }',
    '{ let a = u, b = 2 * u; [a, b] = [b, a + b]; return a * b; }',
    '{ const o = {}; [o.x, o["y"]] = [u, v]; ({ p: o.z = 3 } = {}); return o.x * o.y + o.z; }',
    '{ const o = { k: 2, f(x) { return this.k * x; }, get g() { return this.k + u; } }; return o.f(u) + o.g; }',
    '{ const f = (x) => (typeof x === "undefined" ? 2 : x); return f() * u + f(v); }',
    '{ const fib = (n) => (n < 2 ? u : fib(n - 1) + fib(n - 2)); return fib(7); }',
  ],
  switch: [
    '{ switch (2) { case 1: return v; case 2: return u * u; default: return u; } }',
    '{ let s = 0; switch (1) { case 1: s += u; case 2: s += v; break; default: s += 100; } return s; }',
    '{ let s = 0; switch (7) { case 1: s += u; default: s += 100 * u; case 3: s += v; } return s; }',
    '{ switch (Math.sign(u)) { case 1: return u; case -1: return v; default: return 7; } }',
    '{ let s = 1; switch (true) { case u > 1: s = 5; break; case u > 0: s = 6; case v > 0: s += u; } return s; }',
    '{ switch ("b") { case "a": return u; case "b": { const k = 3; return k * v; } } }',
  ],
  coercions: [
    'u * +(u > 0) + 0.5',
    'u * (7 / 2 | 0)',
    '(u > 0 | 0) + (u > 0 & v > 0) + (u > 0 ^ v > 0)',
    '(u > 0) + (v > 0) * 2',
    '-(u > 0) + u',
    '"3" * u + +"2"',
    '(u > 0) === true ? u : v',
    '(u > 0) == 1 ? u : v',
    '(u > 0) === 1 ? u : v',
    '(u > 0) !== (v > 0) ? u : v',
    'u == "0.5" ? 1 : 2',
    'u == null ? 1 : 2',
    'u != undefined ? u : 2',
    '"1" == 1 ? u * u : u',
    'null == undefined ? u : v',
    'null === undefined ? u : v',
    'null >= 0 ? u : v',
    'typeof u === "number" && typeof (u > 0) === "boolean" ? u : v',
    'Number(u > 0) + Number("1.5") + Number(u)',
    'Boolean(u) ? u : v',
    '(5 >> 1) + (5 << 2) + (5 ^ 3) + (~5) + (-1 >>> 28) + u',
    'void 0 === undefined ? u : v',
    '(1, u) + (v, 2)',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a program
    '[1, 2].length + "abc".length + `a${1}b`.length + u',
    '(u > 0 ? "pos" : "neg") === "pos" ? u : v',
    'Number.isNaN(u) || Number.isFinite(v) ? u : v',
    '(u > 0 ? u : v > 0) + 1',
    'isNaN(u) ? 0 : Number.isInteger(u) + u',
    'NaN ? u : v',
    '(u - u) / (u - u) ? u : v',
    '!((u - u) / (u - u)) + u',
    'parseInt("12px") * u + parseFloat("1.5")',
  ],
  arrays: [
    '[1, 2, 3].reduce((s, k) => s + k * u, 0)',
    '[u, v, 1].reduceRight((s, x) => 2 * s + x)',
    '[1, 2, 3, 4].filter((k) => k % 2 === 0).map((k) => k * u).reduce((a, b) => a + b)',
    '{ let s = 0; [u, v].forEach((x, i) => { s += x * (i + 1); }); return s; }',
    '[u, v].some((x) => x > 0) ? u : v',
    '[u, v].every((x) => x > 0) ? u : v',
    '[u, v, 5].find((x) => x > 0)',
    '[u, v, 5].findIndex((x) => x > 0) + u',
    '[1, 2, 3].includes(2) + [1, 2, 3].indexOf(3) + [u, 2].indexOf(2) + [1, 1].lastIndexOf(1)',
    '[u, v].at(-1) + [u, v, 3].slice(1)[0] + [u].concat([v], 2).length',
    '[[u, [v]], 3].flat(2).reduce((a, b) => a + b)',
    '[1, 2].flatMap((k) => [k, k * u]).reduce((a, b) => a * b) + [1, 2].join("-").length',
    'new Array(3).fill(u).reverse().reduce((a, b) => a + b)',
    '[...Array(3).keys()].reduce((s, k) => s + k * u, 0)',
    'Array.from({ length: 3 }, (_, k) => k * u).reduce((a, b) => a + b)',
    'Object.values({ a: u, b: v }).reduce((a, b) => a * b)',
    'Object.keys({ a: 1, b: 2 }).length * u',
    'Math.max(...[u, v, 0.1]) + Math.min(...[u, v])',
    '{ const a = [3, 1, 2]; a.sort((x, y) => x - y); return a[0] * u + a[2]; }',
    '{ const a = [u]; a.unshift(v); a.push(1); const x = a.shift(); return x + a.pop() + a.length + a.splice(0, 1)[0]; }',
    '{ const [a, , b = 3, ...c] = [u, 1, undefined, v, 2]; return a + b + c[0] * c.length; }',
    '{ const m = [[1, u], [v, 2]]; return m[0][0] * m[1][1] - m[0][1] * m[1][0]; }',
    '{ const x = new Float64Array(3); x[1] = u; return x[0] + x[1]; }',
    '{ const a = [u, v]; const b = [...a, ..."ab"]; const o = { ...{ x: u }, y: v }; return b.length + o.x * o.y; }',
    '"a-b".split("-").map((s) => s.length * u).reduce((a, b) => a + b)',
    '{ const a = { v }; return ("v" in a) + ("w" in a) + a.v + (a?.w?.x?.y ?? u); }',
    '{ const o = { a: { b: 2 } }; return u * u * o?.a?.b; }',
    '{ const o = null; return o?.a.b.c(u) ?? v; }',
    '{ const f = undefined; return f?.(u) ?? v; }',
    '{ const o = Object.assign({}, { a: u }, { b: v }); delete o.a; return Object.entries(o).length + o.b; }',
    'Math.hypot.apply(null, [u, v, 1]) + Math.hypot(...[])',
  ],
  numbers: [
    '(-2) ** 3 + (-u * u) ** 3 + 2 ** -1',
    '{ let x = u; x **= 2; x %= 0.3; x -= 1; x /= 2; x *= 3; return x; }',
    'Math.hypot(u, v, 1, 2) + Math.hypot(u)',
    '5 % -3 + -5 % 3 + (u % 0.3) + (v % -0.7)',
    'Number.EPSILON * u + Number.MAX_SAFE_INTEGER * 0 + Math.PI',
    '{ let i = 5; i++; --i; return i-- + ++i + u; }',
    'Math.atan2(u, v) + Math.pow(Math.abs(u), 1.5) + Math.sign(v) + Math.cbrt(u)',
    'Math.round(u * 10) + Math.trunc(v * 10) + Math.ceil(u) + Math.floor(v)',
    '(3.14159).toFixed(2) * u',
  ],
};

const points = [
  [0.7, 0.3],
  [-0.4, 1.2],
  [0.5, -0.6],
  [-1.3, -0.2],
  [2.1, 1.7],
  [0, 0.4],
];

describe.each(Object.entries(programs))('%s', (_, texts) => {
  it.each(texts)('%s', (text) => {
    const f = new Function(`'use strict'; return ({ u, v }) => ${text}`)();
    for (const [u, v] of points) {
      const { value } = readAt(f, u, v);
      const expected = Number(f({ u, v }));
      if (Number.isNaN(expected)) expect(value).toBeNaN();
      else expect(Math.abs(value - expected), `at ${u}, ${v}: ${value}, not ${expected}`).toBeLessThan(1e-12);
    }
  });
});

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
