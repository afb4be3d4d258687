import type { GraphBuilder } from '../compiler/builder.ts';
import type { NodeId } from '../compiler/graph.ts';
import type { FunctionReader } from '../compiler/source/functionSource.ts';
import type { Origin, Place } from '../errors.ts';

/** The context in which a tensor program is traced. */
export interface Tracing {
  g: GraphBuilder;
  read: FunctionReader;
  /** The program itself, for errors about its operators. */
  program: (...parameters: never[]) => unknown;
  /** Called with the source location of each node, if requested; only the first call per node counts. */
  note?: (node: NodeId, written: Place | Origin) => void;
}
