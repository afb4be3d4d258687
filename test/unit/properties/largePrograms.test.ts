import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { reverse } from '../../../extension/lab/compiler/autodiff/reverse.ts';
import type { CpuBackend } from '../../../extension/lab/compiler/backend.ts';
import { javascript, webAssembly } from '../../../extension/lab/compiler/backends.ts';
import { GraphBuilder } from '../../../extension/lab/compiler/builder.ts';
import type { NodeId } from '../../../extension/lab/compiler/graph.ts';
import { LONGEST_LOOP } from '../../../extension/lab/compiler/lower/schedule.ts';
import { CompiledModule } from '../../../extension/lab/compiler/module.ts';

const backends: [string, CpuBackend][] = [
  ['WebAssembly', webAssembly],
  ['JavaScript', javascript],
];

/** A chain of `links` products of 2 × 2 matrices with its derivative, or of operations entry by entry. */
function chain(kind: 'matrices' | 'entries', links: number) {
  const g = new GraphBuilder();
  const x = g.state('x', [2, 2]);
  let value: NodeId = x;
  for (let i = 0; i < links; i++) {
    if (kind === 'matrices') value = g.matmul(value, g.constant(Float64Array.of(1, 0, 0, 1 - (i % 2) / 1000), [2, 2]));
    else value = g.add(g.multiply(value, g.scalar(1 - i / 1e6)), x);
  }
  const [derivative] = reverse(g, [{ node: g.sum(value), derivative: g.scalar(1) }], [x]);
  return { g, x, outputs: [value, derivative as NodeId] };
}

/** The program of {@link chain}, advanced `times` times: x ← its derivative. */
function moduleOf({ g, x, outputs }: ReturnType<typeof chain>, backend: CpuBackend): CompiledModule {
  const entry = { name: 'run', outputs, assignments: [{ state: x, value: outputs[1] as NodeId }] };
  return new CompiledModule(g.graph, [x], [entry], [backend]);
}

describe.each(backends)('%s', (_, backend) => {
  it.each([
    ['matrices', 6000],
    ['entries', 20_000],
  ] as const)('runs a chain of %s of length %d', (kind, links) => {
    const program = chain(kind, links);
    const module = moduleOf(program, backend);
    expect(module.backend).toBe(backend);
    module.view(program.x).set([1, 2, 3, 4]);
    module.entry('run')(1);
    let [expected, slope] = [[1, 2, 3, 4], 1];
    if (kind === 'matrices') {
      expected = [1, 2 * 0.999 ** (links / 2), 3, 4 * 0.999 ** (links / 2)];
      module.view(program.outputs[0] as NodeId).forEach((y, i) => {
        expect(y).toBeCloseTo(expected[i] as number, 9);
      });
      return;
    }
    for (let i = 0; i < links; i++) slope = slope * (1 - i / 1e6) + 1;
    module.view(program.outputs[0] as NodeId).forEach((y, i) => {
      expect(y / ((expected[i] as number) * slope)).toBeCloseTo(1, 9);
    });
    expect((module.view(program.x)[0] as number) / slope).toBeCloseTo(1, 9);
  });
});

it('gives the same bits in one function and in several', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('matrices' as const, 'entries' as const),
      fc.integer({ min: 1, max: 3 * LONGEST_LOOP }),
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
      (kind, links, start) => {
        const program = chain(kind, links);
        const results = backends.map(([, backend]) => {
          const module = moduleOf(program, backend);
          module.view(program.x).set(start);
          module.entry('run')(1);
          return [program.x, ...program.outputs].map((node) => [...module.view(node)]);
        });
        // Entry by entry, and products of 2 × 2 matrices with diagonal ones: nothing is added in another order.
        expect(results[0]).toEqual(results[1]);
      },
    ),
    { numRuns: 6 },
  );
});

it('lets no loop grow without bound', () => {
  const { kernels } = moduleOf(chain('entries', 20_000), javascript).program.entries.find(
    ({ name }) => name === 'run',
  )!;
  const loops = kernels.filter((kernel) => kernel.kind === 'loop');
  expect(Math.max(...loops.map(({ body }) => body.length))).toBeLessThan(12 * LONGEST_LOOP);
  expect(loops.length).toBeGreaterThan(5);
});

it('goes on in JavaScript where the engine refuses to compile the module, and says why', () => {
  class Refusing {
    constructor() {
      throw new Error('size 9 > maximum function size 8');
    }
  }
  const compile = vi.spyOn(WebAssembly, 'Module').mockImplementation(Refusing as never);
  const g = new GraphBuilder();
  const x = g.state('x', [3]);
  const outputs = [g.multiply(x, g.scalar(7.125))];
  const module = new CompiledModule(g.graph, [x], [{ name: 'run', outputs }]);
  compile.mockRestore();
  expect(module.backend).toBe(javascript);
  expect(module.refusal).toBe("simd: the engine's compiler: size 9 > maximum function size 8");
});
