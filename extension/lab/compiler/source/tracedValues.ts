/** Graph nodes as values of the user's function, and merging of values after a traced condition. */
import type * as acorn from 'acorn';
import { DefinitionError } from '../../errors.ts';
import { LARGEST_GRAPH } from '../../limits.ts';
import type { GraphBuilder } from '../builder.ts';
import type { NodeId } from '../graph.ts';
import type { Frame } from './frame.ts';
import { Choice, emptyRecord, OwnArray, OwnObject, Traced } from './values.ts';

/** A number or boolean, plain or traced, as a node. */
export function toNode(g: GraphBuilder, value: unknown): NodeId | null {
  if (value instanceof Traced) return value.id;
  if (typeof value === 'number') return g.scalar(value);
  if (typeof value === 'boolean') return g.scalar(value ? 1 : 0);
  return null;
}

/** Adds the node of an expression; shape errors are reported at the expression. */
export function traced(
  frame: Frame,
  at: acorn.Node,
  build: (g: GraphBuilder) => NodeId,
  kind: Traced['kind'] = 'number',
): Traced {
  const { g, written } = frame.reading;
  if (g.graph.nodes.length > LARGEST_GRAPH) {
    frame.fail(at, `this function needs more than ${LARGEST_GRAPH} operations`, 'Shorten its loops.');
  }
  try {
    const id = build(g);
    if (!written.has(id)) written.set(id, { parsed: frame.parsed, at });
    return new Traced(id, kind);
  } catch (error) {
    if (error instanceof DefinitionError && !error.place) frame.fail(at, error.message, error.hint);
    throw error;
  }
}

/** `yes` if the condition holds, otherwise `no`. */
export function merge(g: GraphBuilder, test: NodeId, yes: unknown, no: unknown): unknown {
  if (Object.is(yes, no)) return yes;
  if (isBoolean(yes) && isBoolean(no)) return new Traced(mergeBooleans(g, test, yes, no), 'boolean');
  if (isNumber(yes) && isNumber(no)) {
    const [a, b] = [toNode(g, yes) as NodeId, toNode(g, no) as NodeId];
    return a === b ? yes : new Traced(g.select(test, a, b));
  }
  return new Choice(test, yes, no);
}

/** Merges the content of an array or object from two paths. */
export function mergeContents(g: GraphBuilder, test: NodeId, yes: unknown, no: unknown): unknown {
  if (yes === no) return yes;
  if (Array.isArray(yes) && Array.isArray(no) && yes.length === no.length) {
    return yes.map((item, i) => merge(g, test, item, no[i]));
  }
  if (isContent(yes) && isContent(no) && Object.keys(yes).join('\n') === Object.keys(no).join('\n')) {
    const merged = emptyRecord();
    for (const key of Object.keys(yes)) merged[key] = merge(g, test, yes[key], no[key]);
    return merged;
  }
  return new Choice(test, yes, no);
}

function isContent(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Choice);
}

/** Merges the value of a cell from two paths. */
export function mergeCell(g: GraphBuilder, cell: unknown, test: NodeId, yes: unknown, no: unknown): unknown {
  const isContainer = cell instanceof OwnArray || cell instanceof OwnObject;
  return isContainer ? mergeContents(g, test, yes, no) : merge(g, test, yes, no);
}

function isBoolean(value: unknown): value is boolean | Traced {
  return typeof value === 'boolean' || (value instanceof Traced && value.kind === 'boolean');
}

function isNumber(value: unknown): value is number | Traced {
  return typeof value === 'number' || (value instanceof Traced && value.kind === 'number');
}

function mergeBooleans(g: GraphBuilder, test: NodeId, yes: boolean | Traced, no: boolean | Traced): NodeId {
  const node = (value: boolean | Traced) => toNode(g, value) as NodeId;
  if (yes === true) return no === false ? test : g.binary('or', test, node(no));
  if (no === false) return g.binary('and', test, node(yes));
  if (yes === false) return no === true ? g.unary('not', test) : g.binary('and', g.unary('not', test), node(no));
  return g.select(test, node(yes), node(no));
}
