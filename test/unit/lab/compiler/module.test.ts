import { expect, it } from 'vitest';
import { webAssembly } from '../../../../extension/lab/compiler/backends.ts';
import { GraphBuilder } from '../../../../extension/lab/compiler/builder.ts';
import { run } from './backendRuns.ts';

it('tells programs apart that differ in a number of their code or in a table, and no others', () => {
  const first = { factor: 2, data: [1, 2, 3], order: [2, 0] };
  const program = ({ factor, data, order }: typeof first) => {
    const g = new GraphBuilder();
    const x = g.state('x', [3]);
    const scaled = g.multiply(g.multiply(g.scalar(factor), x), g.constant(Float64Array.from(data), [3]));
    const [picked] = run(
      webAssembly,
      g,
      [[x, Float64Array.of(1, 10, 100)]],
      [g.gather(scaled, Int32Array.from(order), [2])],
    );
    return [...picked];
  };
  expect(program(first)).toEqual([600, 2]);
  expect(program({ ...first, factor: 3 })).toEqual([900, 3]);
  expect(program({ ...first, factor: -0 })).toEqual([-0, -0]);
  expect(program({ ...first, factor: 0 })).toEqual([0, 0]);
  expect(program({ ...first, data: [7, 8, 9] })).toEqual([1800, 14]);
  expect(program({ ...first, order: [1, 1] })).toEqual([40, 40]);
  expect(program(first)).toEqual([600, 2]);
});
