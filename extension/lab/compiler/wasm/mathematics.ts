/**
 * Vectorized elementary functions on two float64 lanes, each with an error below 2 ulp.
 * exp and expm1 reduce by multiples of log 2 (Cody and Waite), log follows the reduction and polynomial of fdlibm,
 * log1p corrects log(1 + x) by the rounding of 1 + x (Kahan), tanh follows from a table by its addition theorem.
 */
import type { Code } from '../../assembler/code.ts';
import { TANH_END, TANH_LENGTH, TANH_STEPS } from './tanhTable.ts';

/** The functions that are printed as vector code: of the vector in a local; the value is left on the stack. */
export const vectorFunctions = { exp, expm1, log, log1p, sigmoid, softplus, tanh } satisfies Record<
  string,
  (c: Code, x: number, tables: FunctionTables) => void
>;

/** Byte offsets of tables that functions need. */
export interface FunctionTables {
  /** {@link tanhTable} */
  tanh: number;
}

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** Added to a number below 2⁵¹, it leaves the rounded number in the low bits. */
const ROUNDER = 1.5 * 2 ** 52;

/** Splits x = k·log 2 + r: leaves the rounded k (with the rounder in it) and r in the locals that it returns. */
function reduce(c: Code, x: number): { k: number; r: number } {
  const k = c.vector();
  const whole = c.vector();
  const r = c.vector();
  c.get(x).splat(Math.LOG2E).op('f64x2.mul').splat(ROUNDER).op('f64x2.add').tee(k);
  c.splat(ROUNDER).op('f64x2.sub').set(whole);
  c.get(x).minusTimes(whole, LN2_HIGH).minusTimes(whole, LN2_LOW).set(r);
  return { k, r };
}

/** On the stack: a polynomial of a local, by Horner's rule from the highest coefficient. */
function polynomial(c: Code, x: number, [highest, ...others]: readonly number[]): void {
  c.splat(highest);
  for (const coefficient of others) c.timesPlus(x, coefficient);
}

/**
 * On the stack: e^r − 1 = r + r²/2 + … for |r| ≤ log 2 / 2, by Taylor's polynomial of degree 13. Every fourth power is summed
 * apart (Estrin): a processor waits for the longest chain of operations, not for their number.
 */
function exponentialSeries(c: Code, r: number): void {
  const [square, fourth, sum] = [c.vector(), c.vector(), c.vector()];
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  c.get(r).get(r).op('f64x2.mul').tee(square).get(square).op('f64x2.mul').set(fourth);
  /** In the local: 1/n! + r⁴/(n + 4)! + r⁸/(n + 8)!. */
  const chain = (n: number) => {
    polynomial(c, fourth, [1 / factorial(n + 8), 1 / factorial(n + 4), 1 / factorial(n)]);
  };
  const [even, odd] = [c.vector(), c.vector()];
  for (const [into, n] of [
    [even, 2],
    [odd, 3],
  ] as const) {
    chain(n);
    c.set(into);
    chain(n + 2);
    c.get(square).multiplyAdd(into);
  }
  c.get(odd).get(r).multiplyAdd(even); // Σ r^(n−2)/n!
  c.get(r).set(sum);
  c.get(even).get(square).multiplyAdd(sum);
  c.get(sum);
}

/** On the stack: 2 to the power of an integer, by the bits of the exponent. */
function powerOfTwo(c: Code, integer: number): void {
  c.get(integer).bits(1023n).op('i64x2.add').int(52).op('i64x2.shl');
}

/** The integer in the low bits of a rounded number. */
function integerOf(c: Code, k: number): void {
  c.get(k)
    .bits(BigInt(new BigInt64Array(new Float64Array([ROUNDER]).buffer)[0]))
    .op('i64x2.sub');
}

function clamp(c: Code, x: number, low: number, high: number): number {
  const clamped = c.vector();
  // pmin and pmax in this order keep a NaN.
  c.get(x).splat(high).op('f64x2.pmin').splat(low).op('f64x2.pmax').set(clamped);
  return clamped;
}

/** A function of the vector on the stack. */
function applied(c: Code, fn: (c: Code, input: number) => void): void {
  const input = c.vector();
  c.set(input);
  fn(c, input);
}

function exp(c: Code, input: number): void {
  const x = clamp(c, input, -746, 710);
  const { k, r } = reduce(c, x);
  const integer = c.vector();
  const half = c.vector();
  const rest = c.vector();
  integerOf(c, k);
  c.tee(integer).int(1).op('i64x2.shr_s').set(half);
  c.get(integer).get(half).op('i64x2.sub').set(rest);
  exponentialSeries(c, r);
  c.splat(1).op('f64x2.add');
  // In two factors, so that results near the ends of the range come out subnormal or infinite, not wrong.
  powerOfTwo(c, half);
  c.op('f64x2.mul');
  powerOfTwo(c, rest);
  c.op('f64x2.mul');
}

function expm1(c: Code, input: number): void {
  const x = clamp(c, input, -40, 700);
  const { k, r } = reduce(c, x);
  const integer = c.vector();
  const scale = c.vector();
  const rest = c.vector();
  const half = c.vector();
  integerOf(c, k);
  c.tee(integer).int(1).op('i64x2.shr_s').set(half);
  c.get(integer).get(half).op('i64x2.sub').set(rest);
  powerOfTwo(c, half);
  powerOfTwo(c, rest);
  c.op('f64x2.mul').set(scale);
  // Near the end of the range the 1 is below the rounding error.
  exp(c, input);
  exponentialSeries(c, r);
  c.get(scale).op('f64x2.mul').get(scale).splat(1).op('f64x2.sub', 'f64x2.add');
  c.get(input).splat(700).op('f64x2.gt', 'v128.bitselect');
  withSignOf(c, input);
}

/** The value on the stack with the sign of the input, which it has but for a zero. */
function withSignOf(c: Code, input: number): void {
  const value = c.vector();
  c.set(value).get(input).get(value).splat(-0).op('v128.bitselect');
}

function log(c: Code, input: number): void {
  const x = c.vector();
  const k = c.vector();
  const f = c.vector();
  const s = c.vector();
  const z = c.vector();
  const halfSquare = c.vector();
  const small = c.vector();
  // Subnormal numbers are scaled up first.
  c.get(input)
    .splat(2 ** -1022)
    .op('f64x2.lt')
    .set(small);
  c.get(input)
    .splat(2 ** 54)
    .op('f64x2.mul')
    .get(input)
    .get(small)
    .op('v128.bitselect')
    .set(x);
  // x = 2^k (1 + f) with √½ < 1 + f ≤ √2: the exponent is read off the bits of x / √½.
  const offset = 0x3fe6a09e667f3bcdn;
  c.get(x).bits(offset).op('i64x2.sub').int(52).op('i64x2.shr_s').set(k);
  c.get(x).get(k).int(52).op('i64x2.shl', 'i64x2.sub').splat(1).op('f64x2.sub').set(f);
  // The integer k as a float64, by way of the rounder's bits.
  c.get(k)
    .bits(BigInt(new BigInt64Array(new Float64Array([ROUNDER]).buffer)[0]))
    .op('i64x2.add')
    .splat(ROUNDER)
    .op('f64x2.sub');
  c.splat(54).get(small).op('v128.and', 'f64x2.sub').set(k);
  c.get(f).get(f).splat(2).op('f64x2.add', 'f64x2.div').tee(s).get(s).op('f64x2.mul').set(z);
  c.get(f).get(f).op('f64x2.mul').splat(0.5).op('f64x2.mul').set(halfSquare);
  const coefficients = [
    0.14798198605116586, 0.15313837699209373, 0.1818357216161805, 0.22222198432149784, 0.2857142874366239,
    0.3999999999940942, 0.6666666666666735,
  ];
  polynomial(c, z, coefficients);
  c.get(z).op('f64x2.mul').get(halfSquare).op('f64x2.add').get(s).op('f64x2.mul'); // s (f²/2 + R)
  c.get(k).splat(LN2_LOW).op('f64x2.mul', 'f64x2.add');
  c.get(halfSquare).op('f64x2.sub').get(f).op('f64x2.add');
  c.get(k).splat(LN2_HIGH).op('f64x2.mul', 'f64x2.add');
  const result = c.vector();
  c.set(result);
  // log 0 = −∞, log of a negative number or NaN is NaN, log ∞ = ∞.
  c.get(result).get(input).get(input).splat(Number.POSITIVE_INFINITY).op('f64x2.lt', 'v128.bitselect').set(result);
  c.splat(Number.NEGATIVE_INFINITY).get(result).get(input).splat(0).op('f64x2.eq', 'v128.bitselect').set(result);
  c.splat(Number.NaN).get(result).get(input).splat(0).op('f64x2.lt', 'v128.bitselect');
}

function log1p(c: Code, input: number): void {
  const u = c.vector();
  const rough = c.vector();
  c.get(input).splat(1).op('f64x2.add').set(u);
  log(c, u);
  c.set(rough);
  // Where 1 + x is 0 or infinite there is nothing to correct.
  c.get(rough);
  // The rounding error of 1 + x, relative to 1 + x.
  c.get(rough).get(input).get(u).splat(1).op('f64x2.sub', 'f64x2.sub').get(u).op('f64x2.div', 'f64x2.add');
  c.get(u).splat(0).op('f64x2.eq').get(u).splat(Number.POSITIVE_INFINITY).op('f64x2.eq', 'v128.or', 'v128.bitselect');
  withSignOf(c, input);
}

/** On the stack: e^−|x|. */
export function decay(c: Code, input: number): void {
  c.get(input).op('f64x2.abs', 'f64x2.neg');
  applied(c, exp);
}

function sigmoid(c: Code, input: number): void {
  const e = c.vector();
  decay(c, input);
  c.set(e);
  c.splat(1).get(e).get(input).splat(0).op('f64x2.ge', 'v128.bitselect');
  c.get(e).splat(1).op('f64x2.add', 'f64x2.div');
}

function softplus(c: Code, input: number): void {
  decay(c, input);
  applied(c, log1p);
  c.get(input).splat(0).op('f64x2.max', 'f64x2.add');
}

/**
 * tanh(a + r) = T + t (1 − T²) / (1 + T t) with T = tanh a from a table, a the nearest multiple of its step, and t = tanh r by
 * Taylor's polynomial of degree 9; and the sign of x. T has its rounding error with it, the other term is smaller.
 */
function tanh(c: Code, input: number, { tanh: table }: FunctionTables): void {
  const [size, k, a, r, square, t, rest] = Array.from({ length: 7 }, () => c.vector());
  const [offsets, first, second, known] = Array.from({ length: 4 }, () => c.vector());
  // pmin in this order keeps a NaN.
  c.get(input).op('f64x2.abs').splat(TANH_END).op('f64x2.pmin').set(size);
  c.get(size).splat(TANH_STEPS).op('f64x2.mul').splat(ROUNDER).op('f64x2.add').tee(k);
  c.splat(ROUNDER).op('f64x2.sub').set(a);
  // Whatever the bits of a NaN are, the table is not left.
  c.get(k)
    .bits(BigInt(TANH_LENGTH - 1))
    .op('v128.and')
    .int(4)
    .op('i64x2.shl')
    .set(offsets);
  c.lowHalf(offsets, 0).at('v128.load', table).set(first);
  c.lowHalf(offsets, 1).at('v128.load', table).set(second);
  c.get(first).get(second).pair(0).set(known);
  c.get(first).get(second).pair(1).set(rest);
  c.get(size)
    .minusTimes(a, 1 / TANH_STEPS)
    .set(r);
  c.get(r).get(r).op('f64x2.mul').set(square);
  c.get(r).set(t);
  c.get(square).get(r).op('f64x2.mul');
  polynomial(c, square, [62 / 2835, -17 / 315, 2 / 15, -1 / 3]);
  c.multiplyAdd(t);
  c.splat(1).get(known).get(known).op('f64x2.mul', 'f64x2.sub').get(t).op('f64x2.mul');
  c.get(known).timesPlus(t, 1).op('f64x2.div');
  c.get(rest).op('f64x2.add').get(known).op('f64x2.add').set(size);
  c.get(input).get(size).splat(-0).op('v128.bitselect');
}
