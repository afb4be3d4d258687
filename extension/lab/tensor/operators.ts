/** Errors for JavaScript operators on traced tensors, which name the operation to call instead. */
import type { AssignmentExpression, BinaryExpression, Node, UnaryExpression } from 'acorn';
import { type ParsedFunction, parseFunction, placeOf, textOf } from '../compiler/source/parse.ts';
import { DefinitionError, type Origin, type Place } from '../errors.ts';
import type { Fix } from '../fixes.ts';
import type { Tracing } from './tracing.ts';

const binary: Partial<Record<string, string>> = {
  '+': 'add(a, b)',
  '-': 'subtract(a, b)',
  '*': 'multiply(a, b)',
  '/': 'divide(a, b)',
  '**': 'power(a, b)',
};

/** The operation to call instead of `operator`. */
function instead(operator: string, operands: number): string {
  const call = operands === 1 ? (operator === '-' ? 'negate(a)' : undefined) : binary[operator.replace(/(?<!=)=$/, '')];
  return call ?? `map((a, b) => a ${operator} b, a, b)`;
}

/** The error for an operator, given the call stack of its conversion of a tensor. */
export function operatorError(origin: Origin, { read, program }: Tracing): DefinitionError {
  const found = findOperator(origin, () => parseFunction(read(program)));
  if (!found) {
    return new DefinitionError('an operator does not work on a tensor', {
      hint: 'Call add, subtract, multiply, divide or power.',
      origin,
    });
  }
  return new DefinitionError(`\`${found.operator}\` does not work on a tensor`, {
    hint: `Call ${instead(found.operator, found.operands)}.`,
    place: found.place,
    origin,
    fixes: found.fixes,
  });
}

interface FoundOperator {
  operator: string;
  operands: number;
  place: Place;
  fixes: Fix[];
}

/** The innermost operator at the position in the stack, if it is in the program's source. */
function findOperator(origin: Origin, parse: () => ParsedFunction): FoundOperator | null {
  const position = /:(\d+):(\d+)\)?$/m.exec(origin.stack);
  if (!position) return null;
  const [line, column] = [Number(position[1]), Number(position[2])];
  try {
    const parsed = parse();
    let best: FoundOperator | null = null;
    visit(parsed.node, (node) => {
      const found = operatorOf(node);
      const place = found && placeOf(parsed, node);
      // Parents are visited before their children, so the last match is the innermost.
      if (found && place && contains(place, line, column)) best = { ...found, place, fixes: callInstead(parsed, node) };
    });
    return best;
  } catch {
    return null;
  }
}

const operations: Readonly<Record<string, string>> = {
  ...{ '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'divide', '**': 'power' },
};

/** The operation written as a call; none where it is a statement of its own kind. */
function callInstead(parsed: ParsedFunction, node: Node): Fix[] {
  const text = (part: Node) => textOf(parsed, part);
  const fix = (operation: string | undefined, written: (operation: string) => string): Fix[] =>
    operation ? [{ type: 'replace', was: text(node), text: written(operation), imports: [operation] }] : [];
  switch (node.type) {
    case 'BinaryExpression': {
      const { operator, left, right } = node as BinaryExpression;
      return fix(operations[operator], (operation) => `${operation}(${text(left)}, ${text(right)})`);
    }
    case 'AssignmentExpression': {
      const { operator, left, right } = node as AssignmentExpression;
      const of = (operation: string) => `${text(left)} = ${operation}(${text(left)}, ${text(right)})`;
      return fix(operations[operator.slice(0, -1)], of);
    }
    case 'UnaryExpression': {
      const { operator, argument } = node as UnaryExpression;
      return fix(operator === '-' ? 'negate' : undefined, (operation) => `${operation}(${text(argument)})`);
    }
    default:
      return [];
  }
}

function operatorOf(node: Node): Pick<FoundOperator, 'operator' | 'operands'> | null {
  const operators = ['BinaryExpression', 'AssignmentExpression', 'UnaryExpression', 'UpdateExpression'];
  if (!operators.includes(node.type) || !('operator' in node) || typeof node.operator !== 'string') return null;
  if (node.operator === '=') return null;
  return { operator: node.operator, operands: node.type.startsWith('U') ? 1 : 2 };
}

function contains(place: Place, line: number, column: number): boolean {
  const { endLine = place.line, endColumn = place.column } = place;
  const afterStart = line > place.line || (line === place.line && column >= place.column);
  return afterStart && (line < endLine || (line === endLine && column < endColumn));
}

function visit(node: Node, use: (node: Node) => void): void {
  use(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, use);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
