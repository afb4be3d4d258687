import { describe, expect, it } from 'vitest';
import { webAssembly } from '../../../../extension/lab/compiler/backends.ts';
import { GraphBuilder } from '../../../../extension/lab/compiler/builder.ts';
import { draw, run } from './backendRuns.ts';

describe('entries at all positions of a matrix', () => {
  const inOrder = Int32Array.from({ length: 12 }, (_, i) => i);

  it('are the matrix, if they stand in their order', () => {
    const g = new GraphBuilder();
    const a = g.state('a', [3, 4]);
    expect(g.scatter(g.gather(a, inOrder, [12]), inOrder, [3, 4])).toBe(a);
  });

  it.each([
    ['in another order', Int32Array.from(inOrder, (i) => (5 * i) % 12)],
    ['with one that is twice there', Int32Array.from(inOrder, (i) => (i === 4 ? 3 : i))],
    ['without the last', inOrder.subarray(0, 11)],
  ])('are gathered and added %s', (_, indices) => {
    const g = new GraphBuilder();
    const a = g.state('a', [3, 4]);
    const gathered = g.gather(a, indices, [indices.length]);
    const values = draw(1, 12);
    const [entries, sums] = run(webAssembly, g, [[a, values]], [gathered, g.scatter(gathered, indices, [3, 4])]);
    expect([...entries!]).toEqual(Array.from(indices, (i) => values[i]));
    const expected = new Float64Array(12);
    for (const i of indices) expected[i]! += values[i]!;
    expect([...sums!]).toEqual([...expected]);
  });
});
