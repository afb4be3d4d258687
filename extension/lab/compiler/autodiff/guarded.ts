/**
 * Products of incoming and local derivatives. A branch that is not taken sends the derivative 0 to its operands, where
 * 0 · ∞ and 0 · NaN must stay 0: `x > 0 ? x * Math.log(x) : 0` has derivative 0 at −1, not NaN.
 */
import type { GraphBuilder } from '../builder.ts';
import { binaryFunctions, finitePart, unaryFunctions } from '../functions.ts';
import { type NodeId, operands, reachable } from '../graph.ts';
import { operationOf } from '../operations/index.ts';
import type { DerivativeProducts } from '../operations/operation.ts';

export class Guard implements DerivativeProducts {
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

  /** An operand of a linear operation; entries that are not finite count as 0 if the derivative may come from an untaken branch. */
  operand(id: NodeId, isOpen: boolean): NodeId {
    return !isOpen || this.isFinite(id) ? id : finitePart(this.g, id);
  }

  /** Whether a node is finite for all finite parameters, short of products that overflow. */
  private isFinite(id: NodeId): boolean {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    // Operands first, so that deep graphs need no recursion.
    const open = [...reachable(this.g.graph, [id], (one) => this.known.has(one))].sort((a, b) => a - b);
    for (const one of open) if (!this.known.has(one)) this.known.set(one, this.decide(one));
    return this.known.get(id) ?? false;
  }

  private decide(id: NodeId): boolean {
    const node = this.g.graph.nodes[id];
    const areFinite = () => operands(node).every((operand) => this.isFinite(operand));
    switch (node.op) {
      case 'constant':
        return node.values.every(Number.isFinite);
      case 'unary':
      case 'binary': {
        if (node.op === 'binary' && node.fn === 'multiply') return this.isFactor(node.a) && this.isFactor(node.b);
        const { finite } = node.op === 'unary' ? unaryFunctions[node.fn] : binaryFunctions[node.fn];
        return finite === 'always' || (finite === 'of finite operands' && areFinite());
      }
      case 'select':
        return this.isFinite(node.a) && this.isFinite(node.b);
      default:
        return operationOf(node).keepsFinite && areFinite();
    }
  }

  /** Whether a node is a parameter or constant: products of two such values do not overflow in practice. */
  private isFactor(id: NodeId): boolean {
    const node = this.g.graph.nodes[id];
    if (node.op === 'broadcast' || node.op === 'reshape' || node.op === 'transpose') return this.isFactor(node.a);
    if (node.op === 'binary' && binaryFunctions[node.fn].finite === 'always') return true;
    return (node.op === 'state' || node.op === 'constant') && this.isFinite(id);
  }
}
