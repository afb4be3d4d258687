/**
 * Random programs over the whole grammar that the lab reads, as the text of a function of `{ u, v }`. A program keeps its
 * numbers moderate, and knows which of its names hold a number, so that it runs in JavaScript; whether it is smooth at a
 * point, its values there tell.
 */
import fc from 'fast-check';

/** Expressions of numbers and of truths, over the names that a place knows. */
interface Grammar {
  number: string;
  truth: string;
}

const literal = fc.constantFrom('0', '1', '2', '-1', '0.5', '-0.75', '3', '1e-3', '1.25', '-0');
const names = ['u', 'v', 'a', 'b', 'o.x', 'o["y"]', 'list[0]', 'list[1]', 'o?.x', 'K'];

export const { number, truth } = fc.letrec<Grammar>((tie) => {
  const [n, t] = [tie('number'), tie('truth')];
  const two = fc.tuple(n, n);
  const three = fc.tuple(t, n, n);
  return {
    number: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom(...names),
      literal.map((x) => `(${x})`),
      two.map(([a, b]) => `(${a} + ${b})`),
      two.map(([a, b]) => `(${a} - ${b})`),
      two.map(([a, b]) => `(${a} * ${b})`),
      two.map(([a, b]) => `(${a} / (2.5 + Math.sin(${b})))`),
      two.map(([a, b]) => `(${a} % ${b})`),
      n.map((a) => `(-${a})`),
      n.map((a) => `Math.sin(${a})`),
      n.map((a) => `Math.tanh(${a})`),
      n.map((a) => `Math.atan(${a})`),
      n.map((a) => `Math.exp(Math.cos(${a}))`),
      n.map((a) => `Math.expm1(Math.sin(${a}))`),
      n.map((a) => `Math.log(${a})`),
      n.map((a) => `Math.log1p(${a} ** 2)`),
      n.map((a) => `Math.sqrt(${a})`),
      n.map((a) => `Math.cbrt(${a})`),
      n.map((a) => `(Math.tanh(${a}) ** 3)`),
      two.map(([a, b]) => `((1.5 + Math.sin(${a})) ** Math.cos(${b}))`),
      two.map(([a, b]) => `Math.atan2(${a}, ${b})`),
      two.map(([a, b]) => `Math.hypot(${a}, ${b}, 1)`),
      two.map(([a, b]) => `Math.max(${a}, ${b})`),
      two.map(([a, b]) => `Math.min(${a}, ${b}, 0.5)`),
      n.map((a) => `Math.abs(${a})`),
      n.map((a) => `Math.sign(${a})`),
      n.map((a) => `Math.round(4 * ${a})`),
      fc.tuple(fc.constantFrom('floor', 'ceil', 'trunc'), n).map(([f, a]) => `Math.${f}(${a})`),
      three.map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
      three.map(([c, a, b]) => `((${c} && ${a}) || ${b})`),
      two.map(([a, b]) => `(${a} && ${b})`),
      two.map(([a, b]) => `(${a} || ${b})`),
      fc
        .tuple(t, n)
        .map(([c, a]) => `(${c} ? ${a} : undefined) ?? (${a} / 2)`)
        .map((x) => `(${x})`),
      t.map((c) => `(+${c})`),
      fc.tuple(t, t).map(([a, b]) => `(${a} & ${b})`),
      fc.tuple(t, n).map(([c, a]) => `(${c} * ${a})`),
      two.map(([a, b]) => `[${a}, ${b}, 1].reduce((s, x) => s + x * x, 0)`),
      two.map(([a, b]) => `Math.max(...[${a}, ${b}].map((x) => x / 2))`),
      fc
        .tuple(n, t)
        .map(([a, c]) => `[${a}, 1].find((x) => x > 0 && ${c}) ?? 0.25`)
        .map((x) => `(${x})`),
      two.map(([a, b]) => `twice((x) => x * ${a}, ${b})`),
      fc.tuple(n, fc.integer({ min: 0, max: 3 })).map(([a, k]) => `power(${a}, ${k})`),
      two.map(([a, b]) => `(b = ${a}, ${b})`),
      n.map((a) => `(b += ${a})`),
      fc.tuple(t, n).map(([c, a]) => `(${c} && (b = ${a}), b)`),
      fc.constantFrom('b++', '--b').map((x) => `(${x})`),
    ),
    truth: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc
        .tuple(n, fc.constantFrom('<', '<=', '>', '>=', '===', '!==', '==', '!='), n)
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      n.map((a) => `(!${a})`),
      fc.tuple(t, fc.constantFrom('&&', '||', '===', '!=='), t).map(([a, op, b]) => `(${a} ${op} ${b})`),
      n.map((a) => `Boolean(${a})`),
      two.map(([a, b]) => `[${a}, ${b}].some((x) => x > 0.3)`),
      two.map(([a, b]) => `[${a}, ${b}].every((x) => x < 1)`),
      n.map((a) => `(${a} == null)`),
      fc.constantFrom('true', '(K > 1)', '(typeof u === "number")'),
    ),
  };
});

interface Statements {
  statement: string;
  inner: string;
  block: string;
}

/** Statements; those of a loop may leave it. */
const { block } = fc.letrec<Statements>((tie) => {
  const [body, one] = [tie('block') as fc.Arbitrary<string>, tie('inner') as fc.Arbitrary<string>];
  const inner = fc.array(one, { minLength: 1, maxLength: 3 }).map((list) => list.join(' '));
  const bound = fc.integer({ min: 1, max: 3 });
  // No two labels that stand inside of each other are the same.
  const label = fc.noBias(fc.integer({ min: 0, max: 2 ** 30 })).map((n) => `l${n}`);
  const target = fc.constantFrom('a', 'b', 'o.x', 'list[1]');
  const operator = fc.constantFrom('=', '+=', '-=', '*=', '||=', '&&=', '??=');
  const simple = fc.oneof(
    fc.tuple(target, operator, number).map(([x, op, y]) => `${x} ${op} ${y};`),
    number.map((x) => `const { p = ${x}, ...rest } = { q: a }; b += p * rest.q;`).map((x) => `{ ${x} }`),
    fc.constant('[a, b] = [b, a];'),
    fc.constant('var w = a;').map((x) => `${x} a = 0.5 * w;`),
    fc.tuple(truth, number).map(([c, x]) => `${c} ? (a = ${x}) : (b = ${x});`),
    number.map((x) => `list.push(${x}); b = list.at(-1); list.pop();`),
    fc.tuple(truth, number).map(([c, x]) => `if (${c}) list[0] = ${x}; else { o.y = a; }`),
  );
  return {
    statement: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      simple,
      fc.tuple(truth, body, body).map(([c, x, y]) => `if (${c}) { ${x} } else { ${y} }`),
      fc.tuple(truth, number).map(([c, x]) => `if (${c}) return ${x};`),
      fc.tuple(bound, inner).map(([k, x]) => `for (let i = 0; i < ${k}; i++) { ${x} a += i; }`),
      fc.tuple(bound, inner).map(([k, x]) => `{ let k = ${k}; while (k-- > 0) { ${x} } }`),
      fc.tuple(bound, inner, truth).map(([k, x, c]) => `for (let i = 0; i < ${k} && ${c}; i++) { ${x} }`),
      inner.map((x) => `for (const e of [1, a, 0.5]) { ${x} b += e; }`),
      inner.map((x) => `for (const key in { x: 1, y: 2 }) { a += o[key]; ${x} }`),
      inner.map((x) => `do { ${x} } while (false);`),
      fc
        .tuple(label, bound, inner)
        .map(
          ([l, k, x]) =>
            `${l}: for (let i = 0; i < ${k}; i++) for (let j = 0; j < 2; j++) { ${x} if (j > 0) continue ${l}; a += j; }`,
        ),
      fc
        .tuple(number, body, body)
        .map(([x, y, z]) => `switch (Math.sign(${x})) { case 1: ${y} break; case K - 2: ${z} default: a += 1; }`),
      fc.tuple(label, body, truth).map(([l, x, c]) => `${l}: { if (${c}) break ${l}; ${x} }`),
      number.map(
        (x) => `{ const fs = []; for (let i = 0; i < 2; i++) fs.push(() => i * ${x}); a = fs[0]() + fs[1](); }`,
      ),
    ),
    inner: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      simple,
      truth.map((c) => `if (${c}) break;`),
      truth.map((c) => `if (${c}) continue;`),
      fc.tuple(truth, number).map(([c, x]) => `if (${c}) return ${x};`),
      tie('statement') as fc.Arbitrary<string>,
    ),
    block: fc
      .array(tie('statement') as fc.Arbitrary<string>, { minLength: 1, maxLength: 3 })
      .map((list) => list.join(' ')),
  };
});

const prelude = [
  'const K = 2;',
  'let a = u, b = 0.5 * v;',
  'const o = { x: v, get y() { return u + 1; } };',
  'const list = [v, 1 + u];',
  'const power = function p(x, n) { return n <= 0 ? 1 : x * p(x, n - 1); };',
  'function twice(f, x) { return f(f(x)); }',
].join(' ');

/** The text of a whole function. */
export const programText = fc
  .tuple(block, number)
  .map(
    ([body, result]) =>
      `({ u, v }) => { ${prelude.replace('get y() { return u + 1; }', 'y: u + 1')} ${body} return ${result}; }`,
  );

/** A coordinate of a point: moderate, or one at which functions have their kinks. */
export const coordinate = fc.oneof(
  fc.double({ min: -2, max: 2, noNaN: true }).map((x) => (Math.abs(x) < 1e-3 ? 0 : x)),
  fc.constantFrom(0, 1, -1, 0.5),
);

export const points = fc.array(fc.record({ u: coordinate, v: coordinate }), { minLength: 3, maxLength: 5 });
