/** What is shown as mathematics is read back and computed: it must be the function that was written. */
import { expect, it } from 'vitest';
import { readTextOnly } from '../../../../extension/lab/compiler/source/functionSource.ts';
import { elementwise, regression } from '../../../../extension/lab/index.ts';
import { mathematicsOf } from '../../../../extension/lab/inspection/mathematics.ts';
import { buildPredictor } from '../../../../extension/lab/parameterizations/build.ts';

type Values = Readonly<Record<string, number>>;
type F = (p: { u: number; v: number }) => number;

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const FUNCTIONS: Readonly<Record<string, (...x: number[]) => number>> = {
  ...{ tanh: Math.tanh, exp: Math.exp, ln: Math.log, sin: Math.sin, cos: Math.cos },
  ...{ min: Math.min, max: Math.max, sign: Math.sign },
  σ: (x) => 1 / (1 + Math.exp(-x)),
};

/** Computes a formula by recursive descent. */
class Reader {
  private at = 0;
  private readonly tokens: string[];

  constructor(
    text: string,
    private readonly values: Values,
  ) {
    this.tokens = text.match(/\d+(\.\d+)?(e[+-]?\d+)?|[a-zA-Zσ]+|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|\S/gu) ?? [];
  }

  all(): number {
    const value = this.sum();
    if (this.at < this.tokens.length) throw new Error(`what is '${this.tokens[this.at]}'?`);
    return value;
  }

  private next = () => this.tokens[this.at];

  private take(token: string): boolean {
    if (this.next() !== token) return false;
    this.at++;
    return true;
  }

  private sum(): number {
    let value = this.product();
    for (;;) {
      if (this.take('+')) value += this.product();
      else if (this.take('−')) value -= this.product();
      else return value;
    }
  }

  private product(): number {
    const sign = this.take('−') ? -1 : 1;
    let value = this.power();
    for (;;) {
      if (this.take('/')) value /= this.power();
      else if (/^[\d.a-zA-Zσ(√|]/u.test(this.next() ?? '')) value *= this.power();
      else return sign * value;
    }
  }

  private power(): number {
    let base = this.atom();
    const digits = this.next() ?? '';
    if (/^[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]/u.test(digits)) {
      this.at++;
      const text = [...digits].map((one) => (one === '⁻' ? '-' : SUPERSCRIPTS.indexOf(one))).join('');
      base **= Number(text);
    }
    if (this.take('^')) base **= this.take('−') ? -this.atom() : this.atom();
    return base;
  }

  private atom(): number {
    const token = this.next() ?? '';
    this.at++;
    if (token === '(') {
      const value = this.sum();
      this.take(')');
      return value;
    }
    if (token === '√') return Math.sqrt(this.atom());
    if (/^\d/.test(token)) return Number(token);
    const fn = FUNCTIONS[token];
    if (fn && this.take('(')) {
      const parts = [this.sum()];
      while (this.take(',')) parts.push(this.sum());
      this.take(')');
      return fn(...parts);
    }
    const value = this.values[token];
    if (value === undefined) throw new Error(`what is '${token}'?`);
    return value;
  }
}

const functions: [string, F][] = [
  ['u² − v²', ({ u, v }) => u * u - v * v],
  ['quotients', ({ u, v }) => u / (v / u) / (u * v)],
  ['differences', ({ u, v }) => u - (v - (u - 2)) - -v],
  ['signs', ({ u, v }) => -((u * -v) ** 2) - -3 * -u],
  ['powers of powers', ({ u, v }) => (u ** 2) ** 3 / (u + v) ** 2],
  ['negative powers', ({ u, v }) => u ** -2 * v ** -0.5],
  ['products of sums', ({ u, v }) => 3 * (u + v) * (u - v) * (u + v)],
  ['functions', ({ u, v }) => Math.exp(-u * v) * Math.log(1 + u * u) - Math.tanh(u) ** 2],
  ['a sum in a quotient', ({ u, v }) => (u + v) / (u - 3) + 1 / (v * v)],
  ['roots', ({ u, v }) => Math.sqrt(u * v) / Math.sqrt(u) ** 3],
  ['like terms', ({ u, v }) => u * v + v * u - 2 * u + u],
  ['what vanishes', ({ u, v }) => u * v - v * u + u],
  ['a sign in front of a sum', ({ u, v }) => -(u - v) * 2 - (v - u)],
];

it.each(functions)('%s, and its derivatives', (_name, f) => {
  const problem = regression({ dimension: 2, train: 3 });
  const lines = mathematicsOf(buildPredictor(elementwise({ u: 0.5, v: 0.3 }, f), problem, readTextOnly));
  expect(lines).toHaveLength(3);
  const point = { u: 0.7, v: 1.3 };
  const h = 1e-6;
  const expected = [
    f(point),
    (f({ ...point, u: point.u + h }) - f({ ...point, u: point.u - h })) / (2 * h),
    (f({ ...point, v: point.v + h }) - f({ ...point, v: point.v - h })) / (2 * h),
  ];
  for (const [i, line] of lines.entries()) {
    const value = new Reader(line.slice(line.indexOf('=') + 2), point).all();
    expect(value, line).toBeCloseTo(expected[i]!, 5);
  }
});
