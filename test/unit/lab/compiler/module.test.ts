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

it('tells tables apart that have the same FNV-1a hash', () => {
  const tables = [
    [9, 520, 158, 386],
    [435, 177, 158, 25],
  ];
  const hashes = tables.map((table) => table.reduce((hash, entry) => Math.imul(hash ^ entry, 0x01000193), 0x811c9dc5));
  expect(hashes[0]).toBe(hashes[1]);
  const numbers = Float64Array.from({ length: 1000 }, (_, i) => i);
  const picked = tables.map((table) => {
    const g = new GraphBuilder();
    const x = g.state('x', [1000]);
    const [entries] = run(webAssembly, g, [[x, numbers]], [g.gather(x, Int32Array.from(table), [4])]);
    return [...entries];
  });
  expect(picked).toEqual(tables);
});
