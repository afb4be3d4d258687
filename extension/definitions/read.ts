/** Reads the calls of `experiment` and the words of a text from its syntax tree, in one walk. */
import type { SyntaxNode, Tree, TreeCursor } from '@lezer/common';
import { isExperiment, isPassedOn, keyOf } from './callee.ts';
import { literalValue } from './literal.ts';
import type { Effort } from './parser.ts';
import { type Entry, KINDS, type Shape } from './shape.ts';
import type { Steps } from './steps.ts';
import { Words } from './words.ts';

/** What a piece of text contains. */
export interface Content {
  /** In source order; calls inside calls follow them. */
  calls: readonly Shape[];
  words: Words;
  /** Whether the piece has no syntax error. */
  complete: boolean;
}

/** Nodes between two pauses. */
const NODES = 2000;

/** @param callees names of `experiment` in the file */
export function* read(tree: Tree, source: string, callees: ReadonlySet<string>, effort: Effort): Steps<Content> {
  const reader = new Reader(source, callees);
  const cursor = tree.cursor();
  const count = { nodes: 0, depth: 0 };
  for (let isInside = true; isInside; ) {
    reader.enter(cursor, count.depth);
    effort.visited++;
    if (++count.nodes % NODES === 0) yield;
    if (cursor.firstChild()) {
      count.depth++;
      continue;
    }
    reader.words.add(cursor, true, source);
    reader.leave(count.depth);
    while (!cursor.nextSibling()) {
      isInside = cursor.parent();
      if (!isInside) break;
      reader.leave(--count.depth);
    }
  }
  return { calls: reader.calls, words: reader.words, complete: reader.errors === 0 };
}

/** A call whose end has not been reached. */
interface Open {
  shape: Shape;
  depth: number;
  /** Errors before the call. */
  errors: number;
}

class Reader {
  readonly calls: Shape[] = [];
  readonly words = new Words();
  errors = 0;
  private readonly open: Open[] = [];

  constructor(
    private readonly source: string,
    private readonly callees: ReadonlySet<string>,
  ) {}

  enter(cursor: TreeCursor, depth: number): void {
    if (cursor.type.isError) this.errors++;
    if (cursor.name === 'CallExpression') this.enterCall(cursor.node, depth);
    else if (cursor.name === 'VariableName' && this.callees.has(this.source.slice(cursor.from, cursor.to))) {
      if (isPassedOn(cursor.node)) this.calls.push(passedOn(cursor.node));
    } else if (cursor.name === 'Property') this.enterProperty(cursor.node);
    this.words.add(cursor, false, this.source);
  }

  /** Called when the children of a node have been visited. */
  leave(depth: number): void {
    const last = this.open.at(-1);
    if (last?.depth !== depth) return;
    last.shape.complete = this.errors === last.errors;
    this.open.pop();
  }

  private enterCall(node: SyntaxNode, depth: number): void {
    if (!isExperiment(node, this.source, this.callees)) return;
    const first = node.getChild('ArgList')?.firstChild?.nextSibling;
    if (!first || first.type.isError || first.name === ')') return;
    const name = literalValue(first, this.source);
    // An unclosed quote would extend the name to the end of the line: treat it as missing.
    if (name === null && first.name === 'String') return;
    const shape = { ...span(node), name, nameSpan: span(first), ...noEntries(), complete: true };
    this.calls.push(shape);
    this.open.push({ shape, depth, errors: this.errors });
  }

  /** The first object of each kind counts, at any depth of the arguments: a sweep's definition is inside a function. */
  private enterProperty(property: SyntaxNode): void {
    const call = this.open.at(-1)?.shape;
    const value = property.lastChild;
    if (!call || value?.name !== 'ObjectExpression') return;
    const key = property.firstChild && keyOf(property.firstChild, this.source)?.name;
    const kind = KINDS.find((one) => one === key);
    if (kind && call[kind] === NONE) call[kind] = this.entries(value);
  }

  private entries(object: SyntaxNode): Entry[] {
    return object.getChildren('Property').flatMap((property) => {
      const key = property.firstChild && keyOf(property.firstChild, this.source);
      return key ? [{ ...span(property), name: key.name, key: span(key.node) }] : [];
    });
  }
}

/** Where no object of a kind has been found yet. */
const NONE: readonly Entry[] = [];

const noEntries = () => ({ parameterizations: NONE, optimizers: NONE, claims: NONE });

const span = ({ from, to }: SyntaxNode) => ({ from, to });

function passedOn(node: SyntaxNode): Shape {
  return { ...span(node), name: null, nameSpan: span(node), ...noEntries(), complete: true };
}
