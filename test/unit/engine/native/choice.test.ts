import { expect, it } from 'vitest';
import { backendsFor, WORTH_COMPILING } from '../../../../extension/engine/native/choice.ts';
import { compilerOfThisMachine } from '../../../../extension/engine/native/compiler.ts';
import { GraphBuilder } from '../../../../extension/lab/compiler/builder.ts';
import { lower } from '../../../../extension/lab/compiler/lower/lower.ts';
import { gd } from '../../../../extension/lab/optimizers/gd.ts';
import type { RunPlan } from '../../../../extension/lab/run.ts';

const SIDE = 100;
/** Operations of a product of two matrices. */
const FLOPS = 2 * SIDE ** 3;

const g = new GraphBuilder();
const x = g.state('x', [SIDE, SIDE]);
const product = g.matmul(x, x);
const program = (name: string) => lower(g.graph, [x], [{ name, outputs: [product] }]);

const plan = (steps: number) => ({ steps, optimizer: gd({ rate: 1 }) }) as unknown as RunPlan;
const names = (steps: number, runs: number, entry = 'step') =>
  backendsFor(plan(steps), { runs })(program(entry)).map(({ name }) => name);

const enough = Math.ceil(WORTH_COMPILING / FLOPS);
const compiled = compilerOfThisMachine() ? ['native', 'simd', 'javascript'] : ['simd', 'javascript'];

it('compiles what takes long, in one run or in all that share the program', () => {
  expect(names(enough, 1)).toEqual(compiled);
  expect(names(enough - 1, 1)).toEqual(['simd', 'javascript']);
  expect(names(Math.ceil(enough / 8), 8)).toEqual(compiled);
});

it('does not count what is measured, nor what runs once', () => {
  expect(names(enough, 1, 'measure')).toEqual(['simd', 'javascript']);
});

it('leaves the compiler alone where that is asked', () => {
  expect(backendsFor(plan(1e9), null)(program('step')).map(({ name }) => name)).toEqual(['simd', 'javascript']);
});
