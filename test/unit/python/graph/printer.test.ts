import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../../extension/lab/compiler/builder.ts';
import type { NodeId } from '../../../../extension/lab/compiler/graph.ts';
import { printNodes } from '../../../../extension/python/graph/printer.ts';

function printed(make: (g: GraphBuilder, x: NodeId, y: NodeId, m: NodeId) => NodeId[]) {
  const g = new GraphBuilder();
  const [x, y, m] = [g.state('x', [3]), g.state('y', [3]), g.state('m', [2, 3])];
  const outputs = make(g, x, y, m);
  const names = new Map([
    [x, 'x'],
    [y, 'y'],
    [m, 'm'],
  ]);
  return printNodes(g.graph, outputs, names, (name) => name !== 't2');
}

const one = (make: Parameters<typeof printed>[0]) => printed(make).outputs[0];

describe('printed nodes', () => {
  it('have the brackets that they need', () => {
    expect(one((g, x, y) => [g.multiply(g.add(x, y), g.unary('negate', x))])).toBe('(x + y) * -x');
    expect(one((g, x, y) => [g.subtract(x, g.subtract(y, g.unary('exp', x)))])).toBe('x - (y - xp.exp(x))');
    expect(one((g, x, y) => [g.divide(x, g.multiply(x, y))])).toBe('x / (x * y)');
    expect(one((g, x, y) => [g.binary('power', g.unary('negate', x), y)])).toBe('(-x)**y');
    expect(one((g, x, y) => [g.binary('power', x, g.binary('power', y, x))])).toBe('x**y**x');
  });

  it('write powers and sums as people do', () => {
    expect(one((g, x) => [g.binary('power', x, g.scalar(3))])).toBe('x**3');
    expect(one((g, x) => [g.add(x, x)])).toBe('2 * x');
  });

  it('name what is used twice, by free names', () => {
    const { lines, outputs } = printed((g, x, y) => {
      const [a, b] = [g.unary('sin', g.add(x, y)), g.unary('cos', g.multiply(x, y))];
      return [g.multiply(a, b), g.add(a, b)];
    });
    expect(lines).toEqual(['t1 = xp.sin(x + y)', 't3 = xp.cos(x * y)']);
    expect(outputs).toEqual(['t1 * t3', 't1 + t3']);
  });

  it('use conditions as such, and as numbers', () => {
    const less = (g: GraphBuilder, x: NodeId, y: NodeId) => g.binary('less', x, y);
    expect(one((g, x, y) => [g.select(less(g, x, y), x, y)])).toBe('xp.where(x < y, x, y)');
    expect(one((g, x, y) => [g.multiply(less(g, x, y), x)])).toBe('x * xp.where(x < y, 1.0, 0.0)');
    expect(one((g, x, y) => [g.binary('and', less(g, x, y), x)])).toBe('xp.where((x != 0) & (x < y), 1.0, 0.0)');
  });

  it('repeat values where a shape asks for it', () => {
    expect(one((g) => [g.broadcast(g.scalar(2), [3])])).toBe('xp.full((3,), 2.0)');
    expect(one((g, x) => [g.broadcast(x, [2, 3])])).toBe('xp.broadcast_to(x, (2, 3))');
    expect(one((g, x, _y, m) => [g.add(x, m)])).toBe('m + x');
  });

  it('multiply and move entries', () => {
    expect(one((g, _x, _y, m) => [g.matmul(m, g.transpose(m))])).toBe('m @ m.T');
    expect(one((g, _x, _y, m) => [g.reshape(m, [6])])).toBe('xp.ravel(m)');
    expect(one((g, x) => [g.gather(x, Int32Array.of(2, 0), [2])])).toBe('xp.ravel(x)[np.array([2, 0])]');
    expect(one((g, x) => [g.scatter(x, Int32Array.of(0, 2, 4), [6])])).toBe('scatter(x, np.arange(0, 6, 2), (6,))');
    expect(one((g, _x, _y, m) => [g.sum(m, [0])])).toBe('xp.sum(m, axis=0)');
  });
});
