/** A parameterization: a map from parameters to the predictor, as a graph, with an initialization. */
import type { GraphBuilder } from '../compiler/builder.ts';
import type { Graph, NodeId } from '../compiler/graph.ts';
import type { Shape } from '../compiler/shape.ts';
import type { FunctionReader } from '../compiler/source/functionSource.ts';
import type { Origin, Place } from '../errors.ts';
import type { NetworkProgram } from '../network/network.ts';
import type { Initialization } from './initialization.ts';

/** The context in which a parameterization is built. */
export interface BuildContext {
  g: GraphBuilder;
  /** `[d]` or `[rows, columns]`. */
  predictorShape: Shape;
  /** Length of an input vector; null if examples are positions in the predictor. */
  inputDimension: number | null;
  read: FunctionReader;
  /** Called with the source location of each node, if requested. */
  note?: (node: NodeId, written: Written) => void;
}

/** The source location of a node: the exact range, or the call stack of the operation. */
export type Written = Place | Origin;

export interface Built {
  parameters: { name: string; node: NodeId }[];
  /** Has the predictor's shape; null for a network. */
  predictor: NodeId | null;
  /** The map from inputs to outputs if there is no predictor, otherwise null. */
  network: NetworkProgram | null;
  initialization: Initialization;
}

/** A parameterization as created by the user. */
export interface Parameterization {
  readonly kind: 'parameterization';
  /** The building block's name, for messages. */
  readonly block: string;
  readonly origin: Origin;
  /** @throws DefinitionError if it does not fit the problem */
  build(context: BuildContext): Built;
}

/** A parameterization built for one problem, as plain data for worker threads. */
export interface PredictorProgram {
  graph: Graph;
  parameters: { name: string; node: NodeId; shape: Shape }[];
  predictor: NodeId | null;
  network: NetworkProgram | null;
  predictorShape: Shape;
  initialization: Initialization;
}
