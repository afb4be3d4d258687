/** The inner loops of decompositions and products, in WebAssembly with two lanes. */
import { Code } from '../assembler/code.ts';
import { alone, encodeAlone } from '../assembler/functions.ts';

/** Rows that are taken together. Matrices are padded with zeros to whole groups of rows and of {@link WIDTH} columns. */
export const GROUP = 4;
/** Columns of a group that a sweep of rotations takes through all rows at once. */
export const WIDTH = 8;

/** Addresses and lengths of rows are in bytes, and lengths multiples of 16. */
export interface Kernels {
  /** into ← into + Σ_i v_i row_i, for groups of rows. */
  addRows(into: number, v: number, rows: number, groups: number, rowBytes: number, length: number): void;
  /** row_i ← (row_i − v_i · product) (I − u uᵀ), for groups of rows. */
  reflectBoth(
    v: number,
    product: number,
    u: number,
    rows: number,
    groups: number,
    rowBytes: number,
    length: number,
  ): void;
  /** row_i ← row_i (I − u uᵀ), for groups of rows. */
  reflect(u: number, rows: number, groups: number, rowBytes: number, length: number): void;
  /**
   * Rotates rows 0 and 1, then 1 and 2, and so on, `count` times: row_j ← c_j row_j + s_j row_{j+1}, row_{j+1} ← c_j
   * row_{j+1} − s_j row_j. `length` is a multiple of 8 {@link WIDTH}.
   */
  sweep(cosines: number, sines: number, rows: number, count: number, rowBytes: number, length: number): void;
}

/** How products are added: rounded before, so that every machine computes the same bits, or fused, which is faster. */
export type Rounding = 'portable' | 'fused';

const modules = new Map<Rounding, WebAssembly.Module>();

/** @param rounding fused where WebAssembly can do that */
export function kernelsOn(memory: WebAssembly.Memory, rounding: Rounding): Kernels {
  const module = modules.get(rounding) ?? new WebAssembly.Module(encodeKernels(rounding));
  modules.set(rounding, module);
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}

/** Leaves the sum, or the difference, of an operand and a product on the stack. */
interface Products {
  plus(addend: Operand, a: Operand, b: Operand): void;
  minus(from: Operand, a: Operand, b: Operand): void;
}

/** Puts a vector on the stack. */
type Operand = () => void;

function local(c: Code, index: number): Operand {
  return () => {
    c.get(index);
  };
}

function productsIn(c: Code, rounding: Rounding): Products {
  const inTurn = (...operands: Operand[]) => {
    for (const operand of operands) operand();
    return c;
  };
  if (rounding === 'fused') {
    return {
      plus: (addend, a, b) => inTurn(a, b, addend).fusedPlus(),
      minus: (from, a, b) => inTurn(a, b, from).fusedMinus(),
    };
  }
  return {
    plus: (addend, a, b) => inTurn(addend, a, b).op('f64x2.mul', 'f64x2.add'),
    minus: (from, a, b) => inTurn(from, a, b).op('f64x2.mul', 'f64x2.sub'),
  };
}

function encodeKernels(rounding: Rounding): Uint8Array<ArrayBuffer> {
  return encodeAlone({
    addRows: encodeAddRows(rounding),
    reflectBoth: encodeReflectBoth(rounding),
    reflect: encodeReflect(rounding),
    sweep: encodeSweep(rounding),
  });
}

/** Goes through groups of rows; the body gets the addresses of the rows of a group. */
function eachGroup(
  c: Code,
  { rows, groups, rowBytes }: { rows: number; groups: number; rowBytes: number },
  body: (addresses: number[]) => void,
): void {
  const addresses = Array.from({ length: GROUP }, () => c.integer());
  c.repeat(groups, () => {
    for (const address of addresses) {
      c.get(rows).set(address);
      c.get(rows).get(rowBytes).op('i32.add').set(rows);
    }
    body(addresses);
  });
}

/** On the stack: the two numbers at `index` bytes behind an address. */
const pair = (c: Code, address: number, index: number) => c.get(address).get(index).op('i32.add').at('v128.load', 0);

/** The numbers at an address, one for each row of a group, in both lanes of a vector each; the address moves on. */
function takeFactors(c: Code, address: number, factors: readonly number[]): void {
  factors.forEach((factor, row) => {
    c.get(address)
      .at('v128.load64_splat', 8 * row)
      .set(factor);
  });
  c.get(address)
    .int(8 * factors.length)
    .op('i32.add')
    .set(address);
}

function encodeAddRows(rounding: Rounding): Code {
  const c = new Code(6, alone);
  const products = productsIn(c, rounding);
  const [into, v, rows, groups, rowBytes, length] = [0, 1, 2, 3, 4, 5];
  const factors = Array.from({ length: GROUP }, () => c.vector());
  const [sum, j] = [c.vector(), c.integer()];
  eachGroup(c, { rows, groups, rowBytes }, (addresses) => {
    takeFactors(c, v, factors);
    c.int(0).set(j);
    c.upTo(j, length, 16, () => {
      pair(c, into, j).set(sum);
      addresses.forEach((address, row) => {
        products.plus(local(c, sum), () => pair(c, address, j), local(c, factors[row]));
        c.set(sum);
      });
      c.get(into).get(j).op('i32.add').get(sum).at('v128.store', 0);
    });
  });
  return c;
}

function encodeReflectBoth(rounding: Rounding): Code {
  const c = new Code(7, alone);
  const products = productsIn(c, rounding);
  const [v, product, u, rows, groups, rowBytes, length] = [0, 1, 2, 3, 4, 5, 6];
  const factors = Array.from({ length: GROUP }, () => c.vector());
  const sums = Array.from({ length: GROUP }, () => c.vector());
  const [p, q, x, j] = [c.vector(), c.vector(), c.vector(), c.integer()];
  eachGroup(c, { rows, groups, rowBytes }, (addresses) => {
    takeFactors(c, v, factors);
    for (const sum of sums) c.splat(0).set(sum);
    c.int(0).set(j);
    c.upTo(j, length, 16, () => {
      pair(c, product, j).set(p);
      pair(c, u, j).set(q);
      addresses.forEach((address, row) => {
        products.minus(() => pair(c, address, j), local(c, factors[row]), local(c, p));
        c.set(x);
        c.get(address).get(j).op('i32.add').get(x).at('v128.store', 0);
        products.plus(local(c, sums[row]), local(c, x), local(c, q));
        c.set(sums[row]);
      });
    });
    subtract(c, products, { u, length, j, addresses, sums });
  });
  return c;
}

function encodeReflect(rounding: Rounding): Code {
  const c = new Code(5, alone);
  const products = productsIn(c, rounding);
  const [u, rows, groups, rowBytes, length] = [0, 1, 2, 3, 4];
  const sums = Array.from({ length: GROUP }, () => c.vector());
  const [q, j] = [c.vector(), c.integer()];
  eachGroup(c, { rows, groups, rowBytes }, (addresses) => {
    for (const sum of sums) c.splat(0).set(sum);
    c.int(0).set(j);
    c.upTo(j, length, 16, () => {
      pair(c, u, j).set(q);
      addresses.forEach((address, row) => {
        products.plus(local(c, sums[row]), () => pair(c, address, j), local(c, q));
        c.set(sums[row]);
      });
    });
    subtract(c, products, { u, length, j, addresses, sums });
  });
  return c;
}

interface Subtraction {
  u: number;
  length: number;
  j: number;
  addresses: readonly number[];
  /** The product of each row with u, as two parts. */
  sums: readonly number[];
}

/** Subtracts from each row its product with u, times u. */
function subtract(c: Code, products: Products, { u, length, j, addresses, sums }: Subtraction): void {
  const q = c.vector();
  for (const sum of sums) c.get(sum).extract(0).get(sum).extract(1).op('f64.add', 'f64x2.splat').set(sum);
  c.int(0).set(j);
  c.upTo(j, length, 16, () => {
    pair(c, u, j).set(q);
    addresses.forEach((address, row) => {
      c.get(address).get(j).op('i32.add');
      products.minus(() => pair(c, address, j), local(c, sums[row]), local(c, q));
      c.at('v128.store', 0);
    });
  });
}

/** A few columns go through all rows in registers. */
function encodeSweep(rounding: Rounding): Code {
  const c = new Code(6, alone);
  const products = productsIn(c, rounding);
  const [cosines, sines, rows, count, rowBytes, length] = [0, 1, 2, 3, 4, 5];
  const [cosine, sine, y] = [c.vector(), c.vector(), c.vector()];
  const carried = Array.from({ length: WIDTH / 2 }, () => c.vector());
  const [at, column, i, end] = Array.from({ length: 4 }, () => c.integer());
  c.get(count).int(3).op('i32.shl').set(end);
  c.int(0).set(column);
  c.upTo(column, length, 8 * WIDTH, () => {
    c.get(rows).get(column).op('i32.add').set(at);
    carried.forEach((x, part) => {
      c.get(at)
        .at('v128.load', 16 * part)
        .set(x);
    });
    c.int(0).set(i);
    c.upTo(i, end, 8, () => {
      c.get(cosines).get(i).op('i32.add').at('v128.load64_splat', 0).set(cosine);
      c.get(sines).get(i).op('i32.add').at('v128.load64_splat', 0).set(sine);
      carried.forEach((x, part) => {
        c.get(at)
          .get(rowBytes)
          .op('i32.add')
          .at('v128.load', 16 * part)
          .set(y);
        c.get(at);
        products.plus(() => c.get(cosine).get(x).op('f64x2.mul'), local(c, sine), local(c, y));
        c.at('v128.store', 16 * part);
        products.minus(() => c.get(cosine).get(y).op('f64x2.mul'), local(c, sine), local(c, x));
        c.set(x);
      });
      c.get(at).get(rowBytes).op('i32.add').set(at);
    });
    carried.forEach((x, part) => {
      c.get(at)
        .get(x)
        .at('v128.store', 16 * part);
    });
  });
  return c;
}
