/** Random functions as a user might write them, smooth near the points where they are tested. */
import fc from 'fast-check';
import type { UserFunction } from '../../../../extension/lab/compiler/source/functionSource.ts';

const leaf = fc.oneof(
  fc.constantFrom('u', 'v'),
  fc.double({ min: -2, max: 2, noNaN: true }).map((x) => `(${x.toFixed(3)})`),
);

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression');
  const pair = fc.tuple(inner, inner);
  return {
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      pair.map(([a, b]) => `(${a} + ${b})`),
      pair.map(([a, b]) => `(${a} - ${b})`),
      pair.map(([a, b]) => `(${a} * ${b})`),
      pair.map(([a, b]) => `(${a} / (2.5 + Math.sin(${b})))`),
      inner.map((a) => `Math.sin(${a})`),
      inner.map((a) => `Math.tanh(${a})`),
      inner.map((a) => `Math.exp(Math.cos(${a}))`),
      inner.map((a) => `Math.sqrt(1 + ${a} * ${a})`),
      inner.map((a) => `Math.log(2 + Math.sin(${a}))`),
      inner.map((a) => `Math.atan(${a})`),
      inner.map((a) => `Math.tanh(${a}) ** 3`),
      pair.map(([a, b]) => `((1.5 + Math.sin(${a})) ** Math.cos(${b}))`),
      pair.map(([a, b]) => `Math.atan2(3 + Math.sin(${a}), Math.cos(${b}))`),
      pair.map(([a, b]) => `Math.hypot(1 + Math.sin(${a}) ** 2, ${b})`),
      fc.tuple(inner, inner).map(([a, b]) => `(u > 5 ? ${a} : ${b})`),
    ),
  };
});

/** The text of a function of `{ u, v }`, with a loop, a constant and a conditional in some. */
export const functionText = fc
  .tuple(expression, expression, fc.integer({ min: 0, max: 3 }), fc.boolean())
  .map(([a, b, rounds, branch]) => {
    const loop = `let s = ${a}; for (let i = 0; i < ${rounds}; i++) { s = Math.sin(s) + i * (${b}); }`;
    const choice = branch ? 'if (v < -5) { return u; } else if (v > 5) s += v;' : 's += 0.5 * u;';
    return `({ u, v }) => { ${loop} const half = 0.5; ${choice} return half * s; }`;
  });

/** The function of a text, whose source is that text. */
export function functionOf(text: string): UserFunction & ((p: { u: number; v: number }) => number) {
  return new Function(`return ${text}`)();
}
