/** What a parameterization is: a map from parameters to the predictor, as a graph, and where its parameters start. */
import type { GraphBuilder } from '../compiler/builder.ts';
import type { Graph, NodeId } from '../compiler/graph.ts';
import type { Shape } from '../compiler/shape.ts';
import type { FunctionReader } from '../compiler/source/functionSource.ts';
import type { Origin, Place } from '../errors.ts';
import type { NetworkProgram } from '../network/network.ts';
import type { Initialization } from './initialization.ts';

/** What a parameterization is built for. */
export interface BuildContext {
  g: GraphBuilder;
  /** `[d]` or `[rows, columns]`. */
  predictorShape: Shape;
  /** Length of an input; null where examples are positions in the predictor. */
  inputDimension: number | null;
  read: FunctionReader;
  /** Told where each node was written, where somebody asks. */
  note?: (node: NodeId, written: Written) => void;
}

/** Where a node was written: the exact place, or the call stack of the operation. */
export type Written = Place | Origin;

export interface Built {
  parameters: { name: string; node: NodeId }[];
  /** Of the predictor's shape; null for a network, which has no predictor apart from its inputs. */
  predictor: NodeId | null;
  /** What maps inputs to outputs where there is no predictor, otherwise null. */
  network: NetworkProgram | null;
  initialization: Initialization;
}

/** A parameterization as the user wrote it. */
export interface Parameterization {
  readonly kind: 'parameterization';
  /** The building block's name, for messages. */
  readonly block: string;
  readonly origin: Origin;
  /** @throws DefinitionError where it does not fit the problem */
  build(context: BuildContext): Built;
}

/** A parameterization built for one problem: plain data for the worker threads. */
export interface PredictorProgram {
  graph: Graph;
  parameters: { name: string; node: NodeId; shape: Shape }[];
  predictor: NodeId | null;
  network: NetworkProgram | null;
  predictorShape: Shape;
  initialization: Initialization;
}
