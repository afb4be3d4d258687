/** All operations of the graph. A new one belongs to one of these families, or is a family of its own: one line here. */
import type { NodeId } from '../node.ts';
import { circular, circularKernels } from './circular.ts';
import { kroneckerKernels, kroneckerProducts } from './kronecker.ts';
import { leaves } from './leaves.ts';
import { linearSystemKernels, linearSystems } from './linearSystem.ts';
import type { KernelFacts, Operation } from './operation.ts';
import { pointwise } from './pointwise.ts';
import { productKernels, products } from './products.ts';
import { rearranging, rearrangingKernels } from './rearranging.ts';
import { reductionKernels, reductions } from './reductions.ts';

const operations = {
  ...leaves,
  ...pointwise,
  ...rearranging,
  ...reductions,
  ...products,
  ...kroneckerProducts,
  ...circular,
  ...linearSystems,
};

const kernels = {
  ...rearrangingKernels,
  ...reductionKernels,
  ...productKernels,
  ...kroneckerKernels,
  ...circularKernels,
  ...linearSystemKernels,
};

type NodeOf<O> = O extends Operation<infer N, never> ? N : O extends Operation<infer N, infer _K> ? N : never;
type KernelOf<F> = F extends KernelFacts<infer K> ? K : never;

/** A node of the graph. */
export type Node = NodeOf<(typeof operations)[keyof typeof operations]>;

/** What computes nodes that are not computed entry by entry. */
export type OperationKernel = KernelOf<(typeof kernels)[keyof typeof kernels]>;

/** What the compiler knows of a node's operation. */
export function operationOf(node: Node): Operation<Node, OperationKernel> {
  return operations[node.op] as unknown as Operation<Node, OperationKernel>;
}

/** What is known of a kernel. */
export function kernelFacts(kernel: OperationKernel): KernelFacts<OperationKernel> {
  return kernels[kernel.kind] as unknown as KernelFacts<OperationKernel>;
}

/** The nodes that a node reads. */
export function operands(node: Node): NodeId[] {
  const fields = node as unknown as Record<string, NodeId | readonly (NodeId | null)[]>;
  const found: NodeId[] = [];
  for (const field of operationOf(node).operands) {
    const value = fields[field];
    if (typeof value === 'number') found.push(value);
    else for (const id of value) if (id !== null) found.push(id);
  }
  return found;
}
