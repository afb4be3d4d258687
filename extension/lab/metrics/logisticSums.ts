/** Sums over the margins of examples, two at a time in WebAssembly: in JavaScript they take most of a measurement. */
import { Code } from '../assembler/code.ts';
import { alone, encodeAlone } from '../assembler/functions.ts';
import { hasFusedMultiplyAdd } from '../assembler/fused.ts';
import { decay } from '../compiler/wasm/mathematics.ts';

/** Margins that are taken at once: a product of so many numbers up to 2 does not overflow. */
export const BLOCK = 512;

export interface LogisticSums {
  /** Π (1 + e^{−|m|}) − 1, a sum of positive terms, so that the smallest losses keep their precision. */
  excess: number;
  /** Σ max(−m, 0). */
  wrong: number;
  /** How many margins are positive. */
  positive: number;
}

/** Where margins are put, and what computes the sums of the first of them. */
export interface Summation {
  /** [{@link BLOCK}] */
  readonly margins: Float64Array;
  sumsOf(count: number): LogisticSums;
}

/** By whether products are fused: that may be allowed after the first one was compiled. */
const known = new Map<boolean, Summation>();

export function logisticSums(): Summation {
  const isFused = hasFusedMultiplyAdd();
  const ready = known.get(isFused) ?? compiled();
  known.set(isFused, ready);
  return ready;
}

/** Two lanes of each sum stand behind the margins. */
const SUMS = 8 * BLOCK;

function compiled(): Summation {
  const module = new WebAssembly.Module(encodeAlone({ sum: encode() }));
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const sum = exports.sum as (bytes: number) => void;
  const margins = new Float64Array(memory.buffer, 0, BLOCK);
  const sums = new Float64Array(memory.buffer, SUMS, 6);
  const sumsOf = (count: number): LogisticSums => {
    const isOdd = count % 2 === 1;
    if (isOdd) margins[count] = Number.POSITIVE_INFINITY;
    sum(8 * count);
    return {
      excess: sums[0] + sums[1] + sums[0] * sums[1],
      wrong: sums[2] + sums[3],
      positive: sums[4] + sums[5] - (isOdd ? 1 : 0),
    };
  };
  return { margins, sumsOf };
}

function encode(): Code {
  const c = new Code(1, alone);
  const [address, x, e] = [c.integer(), c.vector(), c.vector()];
  const sums = [c.vector(), c.vector(), c.vector()];
  const [excess, wrong, positive] = sums;
  for (const sum of sums) c.splat(0).set(sum);
  c.int(0).set(address);
  c.upTo(address, 0, 16, () => {
    c.get(address).at('v128.load', 0).set(x);
    decay(c, x);
    c.set(e);
    c.get(excess).get(excess).get(e).op('f64x2.mul').get(e).op('f64x2.add', 'f64x2.add').set(excess);
    c.get(wrong).get(x).op('f64x2.neg').splat(0).op('f64x2.max', 'f64x2.add').set(wrong);
    c.get(positive).get(x).splat(0).op('f64x2.gt').splat(1).op('v128.and', 'f64x2.add').set(positive);
  });
  sums.forEach((sum, position) => {
    c.int(0)
      .get(sum)
      .at('v128.store', SUMS + 16 * position);
  });
  return c;
}
