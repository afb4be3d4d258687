/** Finds the numbers of an experiment that can be turned: those written in its definition, and constants that it uses. */
import type { SyntaxNode, Tree } from '@lezer/common';
import { keyOf } from './callee.ts';
import type { Span } from './edit.ts';
import { type Bounds, optionBounds } from './optionBounds.ts';
import { parsed, shallow } from './parser.ts';
import { toEnd } from './steps.ts';

/** A number in the text, by offsets; its sign belongs to it. */
export interface FoundNumber extends Span {
  /** What it belongs to: `steps`, `problem`, the name of a parameterization or an optimizer, or `constants`. */
  group: string;
  label: string;
  text: string;
  value: number;
  bounds: Bounds;
}

/** Arrays with more numbers are data. */
const MOST_IN_ARRAY = 8;
/** Longest label, in characters. */
const LONGEST = 24;

/** Parts of a definition that a run in the editor does not depend on. */
const WITHOUT_KNOBS = new Set(['claims', 'full', 'timeLimit']);

/** Properties whose entries are groups of their own. */
const GROUPS = ['parameterizations', 'optimizers'];

/**
 * The numbers of one call, in the order of the text.
 * @param call the call of `experiment`
 */
export function findNumbers(text: string, call: Span): FoundNumber[] {
  if (shallow(text) < text.length) return [];
  const tree = toEnd(parsed(text, { parsed: 0, visited: 0 }));
  const finder = new Finder(text);
  const list = nodeOf(tree, call)?.getChild('ArgList');
  if (!list) return [];
  finder.visit(list, []);
  const own = finder.found;
  const constants = constantsOf(tree, text).filter(({ label }) => finder.names.has(label));
  return [...constants, ...own].sort((a, b) => a.from - b.from);
}

function nodeOf(tree: Tree, { from, to }: Span): SyntaxNode | null {
  let node: SyntaxNode | null = tree.resolveInner(from, 1);
  while (node && !(node.name === 'CallExpression' && node.from === from && node.to === to)) node = node.parent;
  return node;
}

class Finder {
  readonly found: FoundNumber[] = [];
  /** The names that are used. */
  readonly names = new Set<string>();

  constructor(private readonly source: string) {}

  /** @param path the names of the properties around a node */
  visit(node: SyntaxNode, path: readonly string[]): void {
    if (node.name === 'VariableName') this.names.add(this.source.slice(node.from, node.to));
    if (node.name === 'Number') this.add(node, path);
    if (node.name === 'ArrayExpression' && numbersIn(node) > MOST_IN_ARRAY) return;
    if (SKIPPED.has(node.name)) return;
    const key = node.name === 'Property' && node.firstChild ? keyOf(node.firstChild, this.source) : null;
    if (key && path.length === 0 && WITHOUT_KNOBS.has(key.name)) return;
    const inside = key ? [...path, key.name] : path;
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (key && (child.to <= key.node.to || child.name === '[')) continue;
      this.visit(child, inside);
    }
  }

  private add(node: SyntaxNode, path: readonly string[]): void {
    const number = numberAt(node, this.source);
    if (!number) return;
    const isGrouped = GROUPS.includes(path[0] ?? '');
    const group = (isGrouped ? path[1] : path[0]) ?? 'experiment';
    const rest = path.slice(isGrouped ? 2 : 1);
    const option = path.at(-1) ?? '';
    const parent = number.node.parent;
    // A number that is not the value of an option is told by what it stands in.
    const isValue = parent?.name === 'Property';
    const shown = isValue ? rest.join(' ') || group : this.words(parent ?? node, number.node);
    const isOption = isValue || parent?.name === 'ArrayExpression';
    const bounds = isOption ? boundsOf(option, number.text) : free(number.text);
    this.found.push({ ...place(number), group, label: shown, bounds });
  }

  /** The text around a number, with a blank in its place: the same whatever the number is. */
  private words({ from, to }: SyntaxNode, number: SyntaxNode): string {
    const around = `${this.source.slice(from, number.from)}□${this.source.slice(number.to, to)}`;
    const text = around.replace(/\s+/g, ' ');
    return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  }
}

/** Types, subscripts and patterns hold no values. */
const SKIPPED = new Set(['TypeAnnotation', 'TypeArgList', 'MemberExpression', 'ObjectPattern', 'ArrayPattern']);

/** A number without bounds of its own: whole if it is written so. */
const free = (text: string): Bounds => ({ isWhole: /^-?[\d_]+$/.test(text), least: Number.NEGATIVE_INFINITY });

/** @param text the number as it is written */
const boundsOf = (option: string, text: string): Bounds =>
  Object.hasOwn(optionBounds, option) ? optionBounds[option]! : free(text);

interface Read {
  node: SyntaxNode;
  text: string;
  value: number;
}

/** A decimal number with its sign; null for other literals. */
function numberAt(node: SyntaxNode, source: string): Read | null {
  const { parent } = node;
  const isSigned =
    parent?.name === 'UnaryExpression' && source[parent.from] === '-' && parent.lastChild?.from === node.from;
  const whole = isSigned && parent ? parent : node;
  const text = source.slice(whole.from, whole.to);
  const value = Number(text.replaceAll('_', ''));
  return /^-?(\d|\.\d)[\d_.]*([eE][-+]?\d+)?$/.test(text) && Number.isFinite(value)
    ? { node: whole, text, value }
    : null;
}

const place = ({ node: { from, to }, text, value }: Read) => ({ from, to, text, value });

function numbersIn(array: SyntaxNode): number {
  return array.getChildren('Number').length + array.getChildren('UnaryExpression').length;
}

/** Constants at the top of the file whose value is a number. */
function constantsOf(tree: Tree, source: string): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (let statement = tree.topNode.firstChild; statement; statement = statement.nextSibling) {
    const declaration = statement.name === 'ExportDeclaration' ? statement.getChild('VariableDeclaration') : statement;
    if (declaration?.name !== 'VariableDeclaration') continue;
    for (const name of declaration.getChildren('VariableDefinition')) {
      let value = name.nextSibling;
      while (value?.name === 'TypeAnnotation' || value?.name === 'Equals') value = value.nextSibling;
      const literal = value?.name === 'UnaryExpression' ? value.lastChild : value;
      const number = literal?.name === 'Number' ? numberAt(literal, source) : null;
      if (!number || number.node.from !== value?.from) continue;
      const label = source.slice(name.from, name.to);
      const bounds = boundsOf(label, number.text);
      found.push({ ...place(number), group: 'constants', label, bounds });
    }
  }
  return found;
}

/** The number at an offset of a text, or one that ends there; null if there is none. */
export function numberAround(text: string, offset: number): FoundNumber | null {
  if (shallow(text) < text.length) return null;
  const tree = toEnd(parsed(text, { parsed: 0, visited: 0 }));
  for (const side of [1, -1] as const) {
    let node: SyntaxNode | null = tree.resolveInner(offset, side);
    if (node.name === 'ArithOp' && node.nextSibling?.name === 'Number') node = node.nextSibling;
    const number = node.name === 'Number' ? numberAt(node, text) : null;
    if (!number) continue;
    const property = number.node.parent?.name === 'Property' ? number.node.parent.firstChild : null;
    const option = (property && keyOf(property, text)?.name) ?? '';
    const bounds = boundsOf(option, number.text);
    return { ...place(number), group: '', label: option, bounds };
  }
  return null;
}
