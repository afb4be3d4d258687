/** Prints a piece of a graph as a Python function. */
import type { Graph, NodeId } from '../lab/compiler/graph.ts';
import { printNodes } from './graph/printer.ts';

export interface PrintedFunction {
  name: string;
  /** The first line of its documentation. */
  summary: string;
  arguments: { node: NodeId; name: string }[];
  outputs: readonly NodeId[];
  /** Whether it returns a tuple, also of one. */
  isTuple: boolean;
}

export function printFunction(graph: Graph, { name, summary, outputs, isTuple, ...rest }: PrintedFunction): string {
  const names = new Map(rest.arguments.map((argument) => [argument.node, argument.name]));
  const used = new Set(names.values());
  const printed = printNodes(graph, outputs, names, (candidate) => !used.has(candidate));
  const body = [
    `"""${summary.replaceAll('\\', '\\\\').replaceAll('"""', "'''")}"""`,
    ...printed.lines,
    returned(printed.outputs, isTuple),
  ];
  const head = `def ${name}(${rest.arguments.map((argument) => argument.name).join(', ')}):`;
  return [head, ...body.map((line) => `    ${line}`)].join('\n');
}

/** A tuple that is long has a line for each part. */
function returned(outputs: readonly string[], isTuple: boolean): string {
  const one = outputs.join(', ');
  if (!isTuple) return `return ${one}`;
  if (outputs.length === 1) return `return (${one},)`;
  if (one.length <= 100) return `return ${one}`;
  return `return (\n${outputs.map((output) => `        ${output},\n`).join('')}    )`;
}
