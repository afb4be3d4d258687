/** A graph as mathematics, in one line of Unicode: `u² − v²`, `W₂ W₁`, `W₂ tanh(W₁ x)`. */
import type { BinaryFunction, UnaryFunction } from '../compiler/expressions.ts';
import type { Graph, Node, NodeId } from '../compiler/graph.ts';
import { operands } from '../compiler/graph.ts';
import { numberText, raised, subscripted } from './notation.ts';

/** How tightly an expression binds: sums, products, signs, powers, and what needs no brackets. */
enum Binds {
  Truth,
  Sum,
  Product,
  Sign,
  Power,
  Atom,
}

interface Written {
  text: string;
  binds: Binds;
}

/** A product: a number, and other factors with their exponents. */
interface Term {
  number: number;
  powers: ReadonlyMap<NodeId, number>;
}

/** Longer expressions are not read as mathematics. */
const LONGEST = 400;

/** Terms of a sum, and factors of a product, at most. */
const MOST_PARTS = 50;

const relations: Partial<Record<BinaryFunction, string>> = {
  ...{ less: '<', lessEqual: '≤', greater: '>', greaterEqual: '≥', equal: '=', notEqual: '≠', and: '∧', or: '∨' },
};

const functions: Partial<Record<UnaryFunction, string>> = { sigmoid: 'σ', log: 'ln', not: '¬' };

/**
 * @param isEntrywise whether products are of single numbers, not of tensors entry by entry
 * @returns null if it is too long to be read
 */
export function formulaOf(graph: Graph, root: NodeId, isEntrywise: boolean): string | null {
  const text = new Writer(graph, isEntrywise).write(root)?.text ?? null;
  return text !== null && text.length <= LONGEST ? text : null;
}

class Writer {
  private readonly known = new Map<NodeId, Written | null>();

  constructor(
    private readonly graph: Graph,
    private readonly isEntrywise: boolean,
  ) {}

  /** Null for what is too long, so that shared parts do not multiply. */
  write(id: NodeId): Written | null {
    let written = this.known.get(id);
    if (written === undefined) {
      written = this.compose(id);
      if (written && written.text.length > LONGEST) written = null;
      this.known.set(id, written);
    }
    return written;
  }

  private node(id: NodeId): Node {
    return this.graph.nodes[id]!;
  }

  private compose(id: NodeId): Written | null {
    const node = this.node(id);
    switch (node.op) {
      case 'state':
        // The predictor itself has this name.
        return atom(node.name.toLowerCase() === 'w' ? 'θ' : subscripted(node.name));
      case 'constant':
        return constant(node.values);
      case 'broadcast':
      case 'reshape':
        return this.write(node.a);
      case 'transpose':
        return this.around(node.a, Binds.Power, (a) => ({ text: `${a}ᵀ`, binds: Binds.Power }));
      case 'unary':
        return this.unary(id, node.fn, node.a);
      case 'binary':
        return this.binary(id, node.fn, node.a, node.b);
      case 'select':
        return this.all([node.condition, node.a, node.b], (test, a, b) => atom(`(${a} if ${test}, else ${b})`));
      case 'matmul':
        return this.product([
          [node.a, node.transposeA ? 'ᵀ' : ''],
          [node.b, node.transposeB ? 'ᵀ' : ''],
        ]);
      case 'convolve':
      case 'correlate': {
        const sign = node.op === 'convolve' ? '∗' : '⋆';
        return this.joined(node.a, ` ${sign} `, node.b, Binds.Product, node.op === 'convolve');
      }
      case 'reduce':
        return this.all([node.a], (a) => atom(`${node.fn === 'sum' ? 'Σ' : node.fn}(${a})`));
      default:
        return this.all(operands(node), (...parts) => atom(`${node.op}(${parts.join(', ')})`));
    }
  }

  private unary(id: NodeId, fn: UnaryFunction, a: NodeId): Written | null {
    if (fn === 'negate') return this.sum(id);
    if (fn === 'abs') return this.all([a], (text) => atom(`|${text}|`));
    if (fn === 'sqrt') return this.around(a, Binds.Atom, (text) => atom(`√${text}`));
    return this.all([a], (text) => atom(`${functions[fn] ?? fn}(${text})`));
  }

  private binary(id: NodeId, fn: BinaryFunction, a: NodeId, b: NodeId): Written | null {
    if (['add', 'subtract', 'multiply', 'guardedMultiply'].includes(fn)) return this.sum(id);
    if (fn === 'divide') return this.joined(a, ' / ', b, Binds.Product, false);
    if (fn === 'power') return this.power(a, b);
    const relation = relations[fn];
    if (relation) return this.joined(a, ` ${relation} `, b, Binds.Truth, false);
    return this.all([a, b], (x, y) => atom(`${fn}(${x}, ${y})`));
  }

  private power(a: NodeId, b: NodeId): Written | null {
    const exponent = this.numberAt(b);
    return this.around(a, Binds.Atom, (base) => {
      if (exponent !== null) return { text: raised(base, exponent), binds: exponent === 1 ? Binds.Atom : Binds.Power };
      const power = this.write(b);
      return power && { text: `${base}^(${power.text})`, binds: Binds.Power };
    });
  }

  /** A sum of products, with like terms put together. */
  private sum(id: NodeId): Written | null {
    const terms = new Map<string, Term>();
    for (const term of this.termsOf(id)) {
      if (term === null) return null;
      const key = [...term.powers].map(([factor, exponent]) => `${factor}^${exponent}`).join(' ');
      const before = terms.get(key);
      terms.set(key, before ? { ...before, number: before.number + term.number } : term);
    }
    const written = [...terms.values()].filter(({ number }) => number !== 0).map((term) => this.term(term));
    if (written.some((one) => one === null)) return null;
    const [first, ...rest] = written as Written[];
    if (!first) return constantOf(0);
    if (rest.length === 0) return first;
    const text = rest.reduce(
      (sum, { text: next }) => (next.startsWith('−') ? `${sum} − ${next.slice(1)}` : `${sum} + ${next}`),
      first.text,
    );
    return { text, binds: Binds.Sum };
  }

  private *termsOf(id: NodeId): Generator<Term | null> {
    const open: [NodeId, number][] = [[id, 1]];
    for (let count = 0; open.length > 0; count++) {
      const [at, sign] = open.pop()!;
      const node = this.plain(at);
      if (count > MOST_PARTS) yield null;
      else if (node.op === 'binary' && (node.fn === 'add' || node.fn === 'subtract'))
        open.push([node.b, node.fn === 'add' ? sign : -sign], [node.a, sign]);
      else if (node.op === 'unary' && node.fn === 'negate') open.push([node.a, -sign]);
      else yield this.factorsOf(at, sign);
    }
  }

  /** The factors of a product: its number, and the others with their exponents. */
  private factorsOf(id: NodeId, sign: number): Term | null {
    let number = sign;
    const powers = new Map<NodeId, number>();
    const open: NodeId[] = [id];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const node = this.plain(at);
      const value = this.numberAt(at);
      if (value !== null) number *= value;
      else if (node.op === 'unary' && node.fn === 'negate') {
        number *= -1;
        open.push(node.a);
      } else if (node.op === 'binary' && (node.fn === 'multiply' || node.fn === 'guardedMultiply'))
        open.push(node.b, node.a);
      else {
        const power = node.op === 'binary' && node.fn === 'power' ? this.numberAt(node.b) : null;
        const factor = this.source(power !== null && node.op === 'binary' ? node.a : at);
        powers.set(factor, (powers.get(factor) ?? 0) + (power ?? 1));
        if (powers.size > MOST_PARTS) return null;
      }
    }
    // In the order of the parameters, whichever way they were multiplied.
    return { number, powers: new Map([...powers].filter(([, exponent]) => exponent !== 0).sort(([x], [y]) => x - y)) };
  }

  private term({ number, powers }: Term): Written | null {
    const parts: Written[] = [];
    for (const [factor, exponent] of powers) {
      const part = this.around(factor, exponent === 1 ? Binds.Sign : Binds.Atom, (text) => ({
        text: raised(text, exponent),
        binds: Binds.Power,
      }));
      if (!part) return null;
      parts.push(part);
    }
    const product = parts.map(({ text }) => text).join(this.isEntrywise ? ' ' : ' ⊙ ');
    if (parts.length === 0) return constantOf(number);
    if (number === 1) return { text: product, binds: parts.length === 1 ? Binds.Power : Binds.Product };
    if (number === -1) return { text: `−${product}`, binds: Binds.Sign };
    return { text: `${numberText(number)} ${product}`, binds: number < 0 ? Binds.Sign : Binds.Product };
  }

  private product(factors: readonly [NodeId, string][]): Written | null {
    const parts = factors.map(([id, mark]) =>
      this.around(id, mark ? Binds.Power : Binds.Product, (text) => atom(`${text}${mark}`)),
    );
    return parts.some((part) => part === null)
      ? null
      : { text: parts.map((part) => part!.text).join(' '), binds: Binds.Product };
  }

  /** Two operands with a sign between them. @param isAssociative whether the right one may be of the same kind */
  private joined(a: NodeId, sign: string, b: NodeId, binds: Binds, isAssociative: boolean): Written | null {
    const [left, right] = [this.write(a), this.write(b)];
    if (!left || !right) return null;
    const [x, y] = [bracketed(left, binds), bracketed(right, isAssociative ? binds : binds + 1)];
    return { text: `${x}${sign}${y.startsWith('−') ? `(${y})` : y}`, binds };
  }

  private around(id: NodeId, binds: Binds, use: (text: string) => Written | null): Written | null {
    const written = this.write(id);
    return written && use(bracketed(written, binds));
  }

  private all(ids: readonly NodeId[], use: (...texts: string[]) => Written): Written | null {
    const written = ids.map((id) => this.write(id));
    return written.some((one) => one === null) ? null : use(...written.map((one) => one!.text));
  }

  /** A node without what only changes its shape. */
  private source(id: NodeId): NodeId {
    const node = this.node(id);
    return node.op === 'broadcast' || node.op === 'reshape' ? this.source(node.a) : id;
  }

  private plain(id: NodeId): Node {
    return this.node(this.source(id));
  }

  /** The number that all entries of a constant are; null for anything else. */
  private numberAt(id: NodeId): number | null {
    const node = this.plain(id);
    if (node.op !== 'constant') return null;
    const [first = Number.NaN] = node.values;
    return node.values.every((value) => value === first) ? first : null;
  }
}

const atom = (text: string): Written => ({ text, binds: Binds.Atom });

const constantOf = (value: number): Written => ({
  text: numberText(value),
  binds: value < 0 ? Binds.Sign : Binds.Atom,
});

function constant(values: Float64Array): Written {
  const [first = Number.NaN] = values;
  return values.every((value) => value === first) ? constantOf(first) : atom('c');
}

const bracketed = ({ text, binds }: Written, least: Binds): string => (binds >= least ? text : `(${text})`);
