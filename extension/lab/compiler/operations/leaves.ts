/** Storage: nothing computes it. */
import type { NodeBase } from '../node.ts';
import type { Operation } from './operation.ts';

/** Storage that lives from step to step: a parameter, an optimizer's memory, an input written from outside. */
export interface StateNode extends NodeBase {
  op: 'state';
  name: string;
}

export interface ConstantNode extends NodeBase {
  op: 'constant';
  values: Float64Array;
}

const leaf = { operands: [], keepsFinite: true, forward: () => null };

export const leaves: {
  state: Operation<StateNode, never>;
  constant: Operation<ConstantNode, never>;
} = { state: leaf, constant: leaf };

export type LeafNode = StateNode | ConstantNode;
