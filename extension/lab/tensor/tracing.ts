import type { GraphBuilder } from '../compiler/builder.ts';
import type { NodeId } from '../compiler/graph.ts';
import type { FunctionReader } from '../compiler/source/functionSource.ts';
import type { Origin, Place } from '../errors.ts';

/** Where a tensor program is read. */
export interface Tracing {
  g: GraphBuilder;
  read: FunctionReader;
  /** The program itself, for errors about its operators. */
  program: (...parameters: never[]) => unknown;
  /** Told where each node was written, where somebody asks; the first time counts. */
  note?: (node: NodeId, written: Place | Origin) => void;
}
