/** Operations entry by entry; operands have the node's shape or are scalars. */
import type { BinaryFunction, UnaryFunction } from '../expressions.ts';
import { binaryFunctions, unaryFunctions } from '../functions.ts';
import type { NodeBase, NodeId } from '../node.ts';
import { type Operation, sumOf } from './operation.ts';

export interface UnaryNode extends NodeBase {
  op: 'unary';
  fn: UnaryFunction;
  a: NodeId;
}

export interface BinaryNode extends NodeBase {
  op: 'binary';
  fn: BinaryFunction;
  a: NodeId;
  b: NodeId;
}

/** `a` where the condition is not 0, otherwise `b`. */
export interface SelectNode extends NodeBase {
  op: 'select';
  condition: NodeId;
  a: NodeId;
  b: NodeId;
}

export type PointwiseNode = UnaryNode | BinaryNode | SelectNode;

const infix: Partial<Record<BinaryFunction, string>> = {
  add: '+',
  subtract: '−',
  multiply: '·',
  divide: '/',
  power: '**',
};

const unary: Operation<UnaryNode, never> = {
  operands: ['a'],
  // It depends on the function: see autodiff/guarded.ts.
  keepsFinite: false,
  describe: ({ fn, a }, label) => (fn === 'negate' ? `−${label(a)}` : `${fn}(${label(a)})`),
  reverse({ fn, a, shape }, id, { g, incoming, isOpen, products, send }) {
    const { derivative, singular } = unaryFunctions[fn];
    if (derivative) send(a, products.times(incoming, derivative(g, a, id), isOpen, singular), { shape });
  },
  forward({ fn, a }, id, { g, tangent, products }) {
    const { derivative, singular } = unaryFunctions[fn];
    const t = tangent(a);
    return t === null || !derivative ? null : products.times(t, derivative(g, a, id), false, singular);
  },
};

const binary: Operation<BinaryNode, never> = {
  operands: ['a', 'b'],
  keepsFinite: false,
  describe: ({ fn, a, b }, label) =>
    infix[fn] ? `${label(a)} ${infix[fn]} ${label(b)}` : `${fn}(${label(a)}, ${label(b)})`,
  reverse({ fn, a, b, shape }, id, { g, incoming: d, isOpen, needs, products, send }) {
    const { derivative, singular } = binaryFunctions[fn];
    if (!derivative) return;
    const [da, db] = derivative(g, a, b, id);
    const isGuarded = fn === 'guardedMultiply';
    // One of two operands has no part in a minimum or maximum, and 0 hides the other factor of a guarded product.
    const options = { shape, isOpen: isOpen || isGuarded || fn === 'min' || fn === 'max' };
    if (da !== null && needs(a)) send(a, products.times(d, da, isOpen, singular), options);
    if (db !== null && needs(b)) {
      send(b, isGuarded ? g.binary('guardedMultiply', db, d) : products.times(d, db, isOpen, singular), options);
    }
  },
  forward({ fn, a, b }, id, { g, tangent, products }) {
    const { derivative, singular } = binaryFunctions[fn];
    const [ta, tb] = [tangent(a), tangent(b)];
    if (!derivative || (ta === null && tb === null)) return null;
    const [da, db] = derivative(g, a, b, id);
    const isExtremum = fn === 'min' || fn === 'max';
    const part = (t: NodeId | null, d: NodeId | null) => {
      if (t === null || d === null) return null;
      return isExtremum ? products.weighted(t, d) : products.times(t, d, false, singular);
    };
    // Where the first factor is 0 the product is, whatever the second one does.
    const second = fn === 'guardedMultiply' && tb !== null ? g.binary(fn, a, tb) : part(tb, db);
    return sumOf(g, part(ta, da), second);
  },
};

const select: Operation<SelectNode, never> = {
  operands: ['condition', 'a', 'b'],
  keepsFinite: true,
  describe: ({ condition, a, b }, label) => `${label(condition)} ? ${label(a)} : ${label(b)}`,
  reverse({ condition, a, b, shape }, _id, { g, incoming, send }) {
    send(a, g.select(condition, incoming, g.scalar(0)), { shape, isOpen: true });
    send(b, g.select(condition, g.scalar(0), incoming), { shape, isOpen: true });
  },
  forward({ condition, a, b }, _id, { g, tangent }) {
    const [ta, tb] = [tangent(a), tangent(b)];
    if (ta === null && tb === null) return null;
    return g.select(condition, ta ?? g.scalar(0), tb ?? g.scalar(0));
  },
};

export const pointwise = { unary, binary, select };
