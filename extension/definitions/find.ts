/** Finds experiments in the text of a lab file without running it. Tolerates syntax errors. */
import type { SyntaxNode, Tree } from '@lezer/common';
import { parser as javascript } from '@lezer/javascript';
import { literalValue } from './literal.ts';
import { pieces } from './pieces.ts';
import { Lines, type TextRange } from './position.ts';

const parser = javascript.configure({ dialect: 'ts' });

/** An entry of `parameterizations`, `optimizers` or `claims`. */
export interface FoundProperty {
  name: string;
  /** Key and value. */
  range: TextRange;
  key: TextRange;
}

/** A call of `experiment`. */
export interface FoundCall {
  /** Null if the name is computed and only known after running the file. */
  name: string | null;
  /** Position of the call, from 1. */
  line: number;
  column: number;
  /** The whole call. */
  range: TextRange;
  /** The first argument, with its quotes. */
  nameRange: TextRange;
  parameterizations: FoundProperty[];
  optimizers: FoundProperty[];
  claims: FoundProperty[];
  /** Whether the call has no syntax error. */
  complete: boolean;
}

/** A call of `experiment` with a literal name. */
export interface FoundExperiment extends FoundCall {
  name: string;
}

export interface FoundCalls {
  calls: FoundCall[];
  /** Whether the text has no syntax error at all. */
  complete: boolean;
}

/**
 * The experiments of a file in source order. Never throws: incomplete text yields the experiments that can be
 * recognized.
 */
export function findExperiments(text: string): FoundExperiment[] {
  return findCalls(text).calls.filter((call): call is FoundExperiment => call.name !== null);
}

/**
 * Like {@link findExperiments}, but includes calls with a computed name and reports whether the text has syntax errors.
 */
export function findCalls(text: string): FoundCalls {
  const callees = calleesOf(text);
  const lines = new Lines(text);
  const whole = parser.parse(text);
  if (!hasError(whole.topNode)) return { calls: callsIn(whole, text, 0, lines, callees), complete: true };
  const calls = pieces(text, callees).flatMap(({ from, to }) => {
    const piece = text.slice(from, to);
    return callsIn(parser.parse(piece), piece, from, lines, callees);
  });
  return { calls, complete: false };
}

/** `experiment` and its import aliases. */
function calleesOf(text: string): Set<string> {
  const names = new Set(['experiment']);
  for (const [, name = ''] of text.matchAll(/\bexperiment\s+as\s+([\w$]+)/g)) names.add(name);
  return names;
}

function callsIn(tree: Tree, source: string, shift: number, lines: Lines, callees: ReadonlySet<string>): FoundCall[] {
  const found: FoundCall[] = [];
  tree.iterate({
    enter: ({ node }) => {
      if (node.name === 'CallExpression' && isExperiment(node, source, callees)) {
        const call = readCall(node, source, shift, lines);
        if (call) found.push(call);
      } else if (isPassedOn(node, source, callees)) found.push(passedOn(node, shift, lines));
    },
  });
  return found;
}

/** `experiment(…)`, `experiment<Type>(…)` or `lab.experiment(…)`. */
function isExperiment(call: SyntaxNode, source: string, callees: ReadonlySet<string>): boolean {
  let callee = call.firstChild;
  if (callee?.name === 'InstantiationExpression') callee = callee.firstChild;
  if (callee?.name === 'VariableName') return callees.has(source.slice(callee.from, callee.to));
  return callee?.name === 'MemberExpression' && propertyOf(callee, source) === 'experiment';
}

/** The property name of a member expression: `lab.experiment`, or `lab['experiment']`. */
function propertyOf(member: SyntaxNode, source: string): string | null {
  const last = member.lastChild;
  if (last?.name === 'PropertyName') return source.slice(last.from, last.to);
  const inner = last?.name === ']' ? last.prevSibling : null;
  return inner && literalValue(inner, source);
}

/** Whether `experiment` is used as a value (assigned or passed on), so that its calls cannot be found statically. */
function isPassedOn(node: SyntaxNode, source: string, callees: ReadonlySet<string>): boolean {
  if (node.name !== 'VariableName' || !callees.has(source.slice(node.from, node.to))) return false;
  let parent = node.parent;
  if (parent?.name === 'InstantiationExpression') parent = parent.parent;
  if (!parent || parent.type.isError || parent.name === 'Script') return false;
  const isCallee = parent.name === 'CallExpression' && parent.firstChild?.from === node.from;
  return !isCallee && passingOn.has(parent.name);
}

/** Node types through which a value is passed on. */
const passingOn = new Set([
  ...['ArgList', 'VariableDeclaration', 'AssignmentExpression', 'ArrayExpression', 'Property', 'ArrowFunction'],
  ...['ReturnStatement', 'ConditionalExpression', 'BinaryExpression', 'ParenthesizedExpression', 'MemberExpression'],
]);

function passedOn(node: SyntaxNode, shift: number, lines: Lines): FoundCall {
  const range = lines.range(node.from + shift, node.to + shift);
  const { line, column } = range.start;
  const none = { parameterizations: [], optimizers: [], claims: [] };
  return { name: null, line, column, range, nameRange: range, ...none, complete: true };
}

function readCall(node: SyntaxNode, source: string, shift: number, lines: Lines): FoundCall | null {
  const list = node.getChild('ArgList');
  const first = list?.firstChild?.nextSibling;
  if (!list || !first || first.type.isError || first.name === ')') return null;
  const range = lines.range(node.from + shift, node.to + shift);
  const name = literalValue(first, source);
  // An unclosed quote would extend the name to the end of the line: treat it as missing.
  if (name === null && first.name === 'String') return null;
  return {
    name,
    line: range.start.line,
    column: range.start.column,
    range,
    nameRange: lines.range(first.from + shift, first.to + shift),
    parameterizations: entries(list, 'parameterizations', source, shift, lines),
    optimizers: entries(list, 'optimizers', source, shift, lines),
    claims: entries(list, 'claims', source, shift, lines),
    complete: !hasError(node),
  };
}

/** The entries of the object at `key`, at any depth of the arguments: a sweep's definition is inside a function. */
function entries(list: SyntaxNode, key: string, source: string, shift: number, lines: Lines): FoundProperty[] {
  const object = objectUnder(list, key, source);
  if (!object) return [];
  return object.getChildren('Property').flatMap((property) => {
    const keyNode = property.firstChild;
    const named = keyNode && readKey(keyNode, source);
    if (!named) return [];
    return {
      name: named.name,
      range: lines.range(property.from + shift, property.to + shift),
      key: lines.range(named.node.from + shift, named.node.to + shift),
    };
  });
}

function objectUnder(list: SyntaxNode, key: string, source: string): SyntaxNode | null {
  let found: SyntaxNode | null = null;
  list.cursor().iterate((reference) => {
    if (found) return false;
    if (reference.name !== 'Property') return;
    const keyNode = reference.node.firstChild;
    const value = reference.node.lastChild;
    if (keyNode && value?.name === 'ObjectExpression' && readKey(keyNode, source)?.name === key) found = value;
  });
  return found;
}

function readKey(node: SyntaxNode, source: string): { name: string; node: SyntaxNode } | null {
  if (node.name === '[') {
    const inner = node.nextSibling;
    return inner && readKey(inner, source);
  }
  if (node.name === 'PropertyDefinition') return { name: source.slice(node.from, node.to), node };
  if (node.name === 'Number') return { name: String(Number(source.slice(node.from, node.to))), node };
  const name = literalValue(node, source);
  return name === null ? null : { name, node };
}

function hasError(node: SyntaxNode): boolean {
  let error = false;
  node.cursor().iterate((reference) => {
    if (reference.type.isError) error = true;
    return !error;
  });
  return error;
}
