/**
 * Erases TypeScript types in place by blanks, so that the remaining code keeps its lines and columns. A `;` replaces a
 * type where two lines would otherwise be parsed as one statement.
 */
import type { ParseResult } from '@babel/parser';
import type { Class, Function as FunctionNode, Node } from '@babel/types';
import { Edits } from './edits.ts';
import { childrenOf, type Placed } from './nodes.ts';
import { Tokens } from './tokens.ts';
import { isStatement, isType, isTypeOnly, leavesNothing } from './typeNodes.ts';

const MODIFIERS = new Set(['public', 'private', 'protected', 'readonly', 'override', 'abstract', 'declare']);
const MARKS = new Set(['?', '!']);

/**
 * @param parsed with its tokens, and with nodes for parentheses
 * @param check called with every remaining node; throws if a node is not valid JavaScript
 */
export function eraseTypes(source: string, parsed: ParseResult, check: (node: Placed) => void): string {
  const eraser = new Eraser(source, new Tokens(source, parsed.tokens ?? []), check);
  eraser.visit(parsed.program as Placed);
  return eraser.text;
}

class Eraser {
  private readonly edits: Edits;
  /** Nodes that have already been erased. */
  private readonly done = new Set<Node>();
  /** The end of the innermost statement or class member. */
  private end = -1;

  constructor(
    private readonly source: string,
    private readonly tokens: Tokens,
    private readonly check: (node: Placed) => void,
  ) {
    this.edits = new Edits(source);
  }

  get text(): string {
    return this.edits.toString();
  }

  visit(node: Placed): void {
    this.check(node);
    this.eraseParts(node);
    const outer = this.end;
    for (const [key, child] of childrenOf(node)) {
      if (this.done.has(child)) continue;
      this.end = isStatement(child, key) ? child.end : outer;
      if (isTypeOnly(child)) this.edits.blank(child.start, child.end, { first: ';' });
      else if (leavesNothing(child)) this.edits.blank(child.start, this.tokens.afterComma(child.end));
      else if (!isType(child)) this.visit(child);
      else if (/^TSType(Annotation|Parameter)/.test(child.type)) this.erase(child.start, child.end);
    }
    this.end = outer;
  }

  /** Erases parts of a node that are not child nodes, or that need a replacement. */
  private eraseParts(node: Placed): void {
    switch (node.type) {
      case 'Identifier':
        if (node.typeAnnotation || node.optional) {
          this.eraseWords(node.start + 1, node.typeAnnotation?.start ?? node.end, MARKS);
        }
        break;
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.eraseClassHead(node);
        break;
      case 'ClassProperty':
      case 'ClassPrivateProperty':
      case 'ClassAccessorProperty':
        this.eraseMember(node, node.key as Placed, node.typeAnnotation?.start ?? node.value?.start ?? node.end);
        break;
      case 'ClassMethod':
      case 'ClassPrivateMethod': {
        const key = node.key as Placed;
        this.eraseMember(node, key, node.typeParameters?.start ?? this.tokens.next(key.end, '(').start);
        this.eraseSignature(node);
        break;
      }
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'ObjectMethod':
        this.eraseSignature(node);
        break;
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
        this.erase((node.expression as Placed).end, node.end);
        break;
      case 'TSNonNullExpression':
        this.erase(node.end - 1, node.end);
        break;
    }
  }

  private eraseClassHead(node: Class & Placed): void {
    const [first] = (node.implements ?? []) as Placed[];
    const last = node.implements?.at(-1) as Placed | undefined;
    if (first && last) this.erase(this.tokens.previous(first.start, 'implements').start, last.end);
    if ('abstract' in node && node.abstract) {
      this.eraseWords(node.start, this.tokens.next(node.start, 'class').start, MODIFIERS);
    }
  }

  /** @param end where the marks behind the name end, at the latest */
  private eraseMember(node: Placed, key: Placed, end: number): void {
    for (const word of this.tokens.within(node.start, key.start, MODIFIERS)) {
      // `a = 1` in the line above and `['b'] = 2` without its modifier would be read as one.
      this.edits.blank(word.start, word.end, { first: word.start === node.start ? ';' : '' });
    }
    this.eraseWords(key.end, end, MARKS);
  }

  private eraseSignature(node: FunctionNode & Placed): void {
    const [first] = node.params as Placed[];
    if (first?.type === 'Identifier' && first.name === 'this') {
      this.edits.blank(first.start, this.tokens.afterComma(first.end));
      this.done.add(first);
    }
    // No line may end between `async` or `return` and a parameter list, nor between that and `=>`.
    const parameters = node.typeParameters as Placed | null | undefined;
    if (parameters) {
      const bracket = this.tokens.next(parameters.end, '(');
      if (this.spansLines(parameters.start, bracket.start)) {
        this.edits.blank(parameters.start, bracket.end, { first: '(' });
        this.done.add(parameters);
      }
    }
    const returned = node.returnType as Placed | null | undefined;
    if (returned && node.type === 'ArrowFunctionExpression') {
      const bracket = this.tokens.previous(returned.start, ')');
      if (this.spansLines(bracket.start, returned.end)) {
        this.edits.blank(bracket.start, returned.end, { last: ')' });
        this.done.add(returned);
      }
    }
  }

  private erase(start: number, end: number): void {
    // Without the type the next line might be read as a part of this statement.
    this.edits.blank(start, end, { first: end === this.end ? ';' : '' });
  }

  private eraseWords(start: number, end: number, words: ReadonlySet<string>): void {
    for (const word of this.tokens.within(start, end, words)) this.edits.blank(word.start, word.end);
  }

  private spansLines(start: number, end: number): boolean {
    return /[\n\r\u2028\u2029]/.test(this.source.slice(start, end));
  }
}
