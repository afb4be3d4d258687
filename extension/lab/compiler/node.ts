import type { Shape } from './shape.ts';

/** Position of a node in a graph; operands always stand before the nodes that use them. */
export type NodeId = number;

/** What every node has. */
export interface NodeBase {
  shape: Shape;
}
