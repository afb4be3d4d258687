import { expect, it } from 'vitest';
import { GraphBuilder } from '../../../../extension/lab/compiler/builder.ts';
import { type NodeId, uniformValue } from '../../../../extension/lab/compiler/graph.ts';

it('knows which constants repeat one number', () => {
  const g = new GraphBuilder();
  const value = (id: NodeId) => uniformValue(g.graph, id);
  const three = g.scalar(3);
  expect(value(three)).toBe(3);
  expect(value(g.reshape(g.broadcast(three, [2, 5]), [10]))).toBe(3);
  expect(value(g.broadcast(g.constant(Float64Array.of(-1), [1]), [4, 1]))).toBe(-1);
  // Entries that happen to be alike are not looked at, and states change.
  expect(value(g.constant(Float64Array.of(1, 1), [2]))).toBeNull();
  expect(value(g.broadcast(g.state('s', []), [2]))).toBeNull();
  expect(value(g.unary('exp', three))).toBe(Math.exp(3));
});
