/** Evaluates the graph of a function of numbers, with a bound on its rounding error. */
import { binaryFunctions, unaryFunctions } from './functions.ts';
import { type Graph, type Node, type NodeId, operands, reachable } from './graph.ts';

export interface Evaluation {
  value: number;
  /** A bound on the rounding error; not finite if a condition depends on rounding. */
  error: number;
  /** The largest intermediate value in the branches that are taken. */
  largest: number;
}

interface Bounded {
  value: number;
  error: number;
}

/** What each function may round, in units of 2⁻⁵³ of its value: those of the back ends are good to 2 units of the last place. */
const ROUNDING = 8 * 2 ** -53;

/**
 * @param inputs the values of states, and of other nodes that are not to be looked into
 */
export function evaluateAt(graph: Graph, root: NodeId, inputs: ReadonlyMap<NodeId, number>): Evaluation {
  const known = new Map<NodeId, Bounded>();
  for (const [id, value] of inputs) known.set(id, { value, error: 0 });
  const order = [...reachable(graph, [root], (id) => inputs.has(id))].sort((a, b) => a - b);
  for (const id of order) if (!known.has(id)) known.set(id, evaluate(graph.nodes[id], known));
  const { value, error } = known.get(root) as Bounded;
  return { value, error, largest: largestOf(graph, root, known) };
}

function evaluate(node: Node, known: ReadonlyMap<NodeId, Bounded>): Bounded {
  const at = (id: NodeId) => known.get(id) as Bounded;
  switch (node.op) {
    case 'constant':
      return { value: node.values[0], error: 0 };
    case 'unary': {
      const fn = unaryFunctions[node.fn].value;
      const a = at(node.a);
      const value = fn(a.value);
      return { value, error: moved(value, a, fn) + Math.abs(value) * ROUNDING };
    }
    case 'binary': {
      const fn = binaryFunctions[node.fn].value;
      const [a, b] = [at(node.a), at(node.b)];
      const value = fn(a.value, b.value);
      const error = moved(value, a, (x) => fn(x, b.value)) + moved(value, b, (x) => fn(a.value, x));
      return { value, error: error + Math.abs(value) * ROUNDING };
    }
    case 'select': {
      const [condition, a, b] = [at(node.condition), at(node.a), at(node.b)];
      const [taken, other] = condition.value !== 0 ? [a, b] : [b, a];
      if (condition.error === 0 || isCertain(condition)) return taken;
      return { value: taken.value, error: taken.error + distance(taken.value, other.value) };
    }
    default:
      throw new Error(`${node.op} in a function of one number`);
  }
}

/** Whether a condition is certain despite rounding. */
function isCertain({ value, error }: Bounded): boolean {
  return error < 0.5 && (value === 0 || value === 1);
}

/** The change of a value when an operand changes by its error bound. */
function moved(value: number, { value: x, error }: Bounded, fn: (x: number) => number): number {
  if (error === 0) return 0;
  return Math.max(distance(value, fn(x + error)), distance(value, fn(x - error)));
}

function distance(a: number, b: number): number {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  const apart = Math.abs(a - b);
  return Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart;
}

function largestOf(graph: Graph, root: NodeId, known: ReadonlyMap<NodeId, Bounded>): number {
  let largest = 0;
  const seen = new Set<NodeId>();
  const open = [root];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const { value } = known.get(id) as Bounded;
    if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
    const node = graph.nodes[id];
    if (node.op === 'select') {
      const holds = (known.get(node.condition) as Bounded).value !== 0;
      open.push(node.condition, holds ? node.a : node.b);
    } else {
      open.push(...operands(node).filter((operand) => known.has(operand)));
    }
  }
  return largest;
}
