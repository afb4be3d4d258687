/**
 * The derivatives of minima and maxima at ties. Operands of nested extrema count alike, so that the order in which they
 * are written does not matter.
 */
import type { Expressions } from './expressions.ts';
import type { NodeId } from './node.ts';

/** How many operands attain a minimum or maximum, and whether a constant does; null: none of them is constant. */
interface Attained {
  count: NodeId;
  fixed: NodeId | null;
}

/** ∂y/∂a and ∂y/∂b of y = max(a, b) or min(a, b). */
export function sharedSlopes(
  g: Expressions,
  fn: 'min' | 'max',
  a: NodeId,
  b: NodeId,
  y: NodeId,
): [NodeId | null, NodeId | null] {
  const [wins, ties] = fn === 'max' ? (['greater', 'greaterEqual'] as const) : (['less', 'lessEqual'] as const);
  if (!isNested(g, fn, a) && !isNested(g, fn, b)) {
    if (g.isConstant(b)) return [g.binary(wins, a, b), null];
    if (g.isConstant(a)) return [null, g.binary(wins, b, a)];
    const share = g.multiply(g.scalar(0.5), g.add(g.binary(wins, a, b), g.binary(ties, a, b)));
    return [share, g.subtract(g.scalar(1), share)];
  }
  const all = attainedIn(g, fn, y);
  const slope = (operand: NodeId) => {
    const own = g.multiply(g.binary('equal', operand, y), countOf(g, fn, operand).count);
    const share = g.divide(own, all.count);
    return all.fixed === null ? share : g.select(all.fixed, g.scalar(0), share);
  };
  return [slope(a), slope(b)];
}

function isNested(g: Expressions, fn: 'min' | 'max', id: NodeId): boolean {
  return g.asBinary(id)?.fn === fn;
}

function countOf(g: Expressions, fn: 'min' | 'max', id: NodeId): Attained {
  if (isNested(g, fn, id)) return attainedIn(g, fn, id);
  return { count: g.scalar(1), fixed: g.isConstant(id) ? g.scalar(1) : null };
}

const known = new WeakMap<Expressions, Map<NodeId, Attained>>();

/** Inner ones first, each once: a maximum may be nested thousands deep. */
function attainedIn(g: Expressions, fn: 'min' | 'max', root: NodeId): Attained {
  const counted = known.get(g) ?? new Map<NodeId, Attained>();
  known.set(g, counted);
  const open = [root];
  for (let id = open.at(-1); id !== undefined; id = open.at(-1)) {
    const node = g.asBinary(id);
    if (!node) throw new Error('a minimum or maximum is an operation of two');
    const inner = [node.a, node.b].filter((one) => isNested(g, fn, one) && !counted.has(one));
    if (inner.length > 0 && !counted.has(id)) {
      open.push(...inner);
      continue;
    }
    open.pop();
    if (!counted.has(id))
      counted.set(
        id,
        join(g, id, [node.a, node.b], (one) => counted.get(one) ?? countOf(g, fn, one)),
      );
  }
  return counted.get(root) as Attained;
}

function join(g: Expressions, y: NodeId, sides: NodeId[], of: (side: NodeId) => Attained): Attained {
  const parts = sides.map((side) => ({ attains: g.binary('equal', side, y), ...of(side) }));
  const counts = parts.map(({ attains, count }) => g.multiply(attains, count));
  const fixed = parts.flatMap(({ attains, fixed }) => (fixed === null ? [] : [g.binary('and', attains, fixed)]));
  return {
    count: g.add(counts[0], counts[1]),
    fixed: fixed.length === 0 ? null : fixed.reduce((p, q) => g.binary('or', p, q)),
  };
}
