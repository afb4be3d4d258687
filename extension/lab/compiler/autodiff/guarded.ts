/**
 * An incoming derivative times a local one. A branch that is not taken sends 0 into what it is made of, and there 0 · ∞
 * and 0 · NaN must stay 0: `x > 0 ? x * Math.log(x) : 0` has derivative 0 at −1, not NaN.
 */
import type { GraphBuilder } from '../builder.ts';
import { type BinaryFunction, finitePart, type UnaryFunction } from '../functions.ts';
import { type NodeId, reachable } from '../graph.ts';

export class Guard {
  private readonly known = new Map<NodeId, boolean>();

  constructor(private readonly g: GraphBuilder) {}

  /**
   * @param isOpen whether the incoming derivative may come from a branch that is not taken
   * @param isSingular whether the local one can be infinite where its function is finite
   */
  times(incoming: NodeId, local: NodeId, isOpen: boolean, isSingular = false): NodeId {
    const needed = isSingular || (isOpen && !this.isFinite(local));
    return this.g.binary(needed ? 'guardedMultiply' : 'multiply', incoming, local);
  }

  /** A derivative times a weight, which is 0 where the operand has no part, whatever its derivative is. */
  weighted(derivative: NodeId, weight: NodeId): NodeId {
    if (this.isFinite(derivative)) return this.g.multiply(derivative, weight);
    return this.g.binary('guardedMultiply', weight, derivative);
  }

  /** An operand of a linear operation: what is not finite in it counts as 0, where only such derivatives meet it. */
  operand(id: NodeId, isOpen: boolean): NodeId {
    return !isOpen || this.isFinite(id) ? id : finitePart(this.g, id);
  }

  /** Whether a node is finite for all finite parameters, short of products that overflow. */
  private isFinite(id: NodeId): boolean {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    // Operands first, so that no chain is too long.
    const open = [...reachable(this.g.graph, [id], (one) => this.known.has(one))].sort((a, b) => a - b);
    for (const one of open) if (!this.known.has(one)) this.known.set(one, this.decide(one));
    return this.known.get(id) ?? false;
  }

  private decide(id: NodeId): boolean {
    const node = this.g.graph.nodes[id];
    switch (node.op) {
      case 'state':
        return true;
      case 'constant':
        return node.values.every(Number.isFinite);
      case 'unary':
        return bounded.has(node.fn) || (harmless.has(node.fn) && this.isFinite(node.a));
      case 'binary':
        if (truths.has(node.fn)) return true;
        if (node.fn === 'multiply') return this.isFactor(node.a) && this.isFactor(node.b);
        return sums.has(node.fn) && this.isFinite(node.a) && this.isFinite(node.b);
      case 'select':
        return this.isFinite(node.a) && this.isFinite(node.b);
      case 'broadcast':
      case 'reduce':
      case 'reshape':
      case 'transpose':
      case 'gather':
      case 'scatter':
        return this.isFinite(node.a);
      case 'matmul':
      case 'sampledMatmul':
      case 'sparseMatmul':
      case 'convolve':
      case 'correlate':
        return this.isFinite(node.a) && this.isFinite(node.b);
      default:
        return false;
    }
  }

  /** A number as the parameters are: two of them have a product far from overflow. */
  private isFactor(id: NodeId): boolean {
    const node = this.g.graph.nodes[id];
    if (node.op === 'broadcast' || node.op === 'reshape' || node.op === 'transpose') return this.isFactor(node.a);
    if (node.op === 'binary' && truths.has(node.fn)) return true;
    return (node.op === 'state' || node.op === 'constant') && this.isFinite(id);
  }
}

const truths = new Set<BinaryFunction>([
  'less',
  'lessEqual',
  'greater',
  'greaterEqual',
  'equal',
  'notEqual',
  'and',
  'or',
]);
const sums = new Set<BinaryFunction>(['add', 'subtract', 'min', 'max']);
const bounded = new Set<UnaryFunction>(['not']);
const harmless = new Set<UnaryFunction>([
  'negate',
  'abs',
  'sign',
  'floor',
  'ceil',
  'round',
  'trunc',
  'sin',
  'cos',
  'atan',
  'tanh',
  'asinh',
  'sigmoid',
  'softplus',
  'cbrt',
]);
