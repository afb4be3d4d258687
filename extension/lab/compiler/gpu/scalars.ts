/**
 * The scalar functions for GPU.js, in float32. Where the device's own function is imprecise near 0 or undefined where
 * JavaScript's is not, a formula replaces it. Operands are names of variables, so they may be repeated.
 */
import type { BinaryFunction, UnaryFunction } from '../functions.ts';
import { printOperator } from '../operators.ts';

/** The largest float32. */
const LARGEST = 3.4028234663852886e38;

export function printLiteral(value: number): string {
  const bounded = Math.max(-LARGEST, Math.min(LARGEST, value));
  if (Object.is(bounded, -0)) return '(-0)';
  return bounded < 0 ? `(${bounded})` : String(bounded);
}

export function printUnary(fn: UnaryFunction, x: string): string {
  switch (fn) {
    case 'negate':
      return `-${x}`;
    case 'not':
      return `${x} === 0 ? 1 : 0`;
    case 'sigmoid':
      return `(${x} >= 0 ? 1 : Math.exp(${x})) / (1 + Math.exp(-Math.abs(${x})))`;
    case 'softplus':
      return `Math.max(${x}, 0) + ${log1p(`Math.exp(-Math.abs(${x}))`)}`;
    case 'expm1':
      return `Math.abs(${x}) < 0.1 ? ${polynomial(x, [1, 1 / 2, 1 / 6, 1 / 24, 1 / 120])} : Math.exp(${x}) - 1`;
    case 'log1p':
      return log1p(x);
    case 'tanh': {
      const e = `Math.exp(-2 * Math.abs(${x}))`;
      const near = polynomial(`${x} * ${x}`, [-1 / 3, 2 / 15, -17 / 315], 1);
      return `Math.abs(${x}) < 0.1 ? ${x} * ${near} : Math.sign(${x}) * (1 - ${e}) / (1 + ${e})`;
    }
    case 'sinh': {
      const near = polynomial(`${x} * ${x}`, [1 / 6, 1 / 120, 1 / 5040], 1);
      return `Math.abs(${x}) < 0.5 ? ${x} * ${near} : 0.5 * (Math.exp(${x}) - Math.exp(-${x}))`;
    }
    case 'asinh': {
      const a = `Math.abs(${x})`;
      const far = `Math.sign(${x}) * (${log1p(`(${a} + ${a} * ${a} / (1 + Math.sqrt(1 + ${a} * ${a})))`)})`;
      // Near 0 it is x, to the sign of a zero.
      return `${a} < 0.0001 ? ${x} : ${far}`;
    }
    case 'sin':
      return sine(x);
    case 'cos':
      return sine(`(${x} + ${Math.PI / 2})`);
    case 'tan':
      return `${sine(x)} / (${sine(`(${x} + ${Math.PI / 2})`)})`;
    case 'asin':
      return `Math.atan2(${x}, Math.sqrt((1 - ${x}) * (1 + ${x})))`;
    case 'acos':
      return `Math.atan2(Math.sqrt((1 - ${x}) * (1 + ${x})), ${x})`;
    case 'acosh':
      return `Math.log(${x} + Math.sqrt(${x} * ${x} - 1))`;
    case 'round':
      // Halves go up, as in JavaScript.
      return `${x} - Math.floor(${x}) >= 0.5 ? Math.ceil(${x}) : Math.floor(${x})`;
    case 'sign':
      return `${x} > 0 ? 1 : (${x} < 0 ? -1 : ${x})`;
    case 'atanh':
      return `0.5 * (${log1p(`(2 * ${x} / (1 - ${x}))`)})`;
    default:
      return `Math.${fn}(${x})`;
  }
}

/** sin x, of which WebGPU promises three digits: x less a multiple of π, in two parts, and the series there. */
function sine(x: string): string {
  const turns = `Math.floor(${x} * ${1 / Math.PI} + 0.5)`;
  const r = `(${x} - ${turns} * 3.140625 - ${turns} * 0.0009676535897932)`;
  const sign = `(1 - 2 * (${turns} - 2 * Math.floor(0.5 * ${turns})))`;
  const series = [-1 / 6, 1 / 120, -1 / 5040, 1 / 362880, -1 / 39916800];
  return `${sign} * ${r} * ${polynomial(`${r} * ${r}`, series, 1)}`;
}

/** log(1 + x); `x` is repeated. 2 artanh(x / (2 + x)) near 0, where the device's logarithm loses its precision. */
function log1p(x: string): string {
  const s = `(${x} / (2 + ${x}))`;
  const near = `2 * ${s} * ${polynomial(`${s} * ${s}`, [1 / 3, 1 / 5, 1 / 7, 1 / 9], 1)}`;
  return `(Math.abs(${x}) < 0.3 ? ${near} : Math.log(1 + ${x}))`;
}

/** constant + c₁ x + c₂ x² + …, by Horner's rule. */
function polynomial(x: string, coefficients: readonly number[], constant = 0): string {
  const rest = coefficients.reduceRight((inner, c) => `${x} * (${c}${inner && ` + ${inner}`})`, '');
  return constant === 0 ? `(${rest})` : `(${constant} + ${rest})`;
}

export function printBinary(fn: BinaryFunction, a: string, b: string): string {
  const operator = printOperator(fn, a, b);
  if (operator !== null) return operator;
  switch (fn) {
    case 'and':
      return `(${a} !== 0 && ${b} !== 0) ? 1 : 0`;
    case 'or':
      return `(${a} !== 0 || ${b} !== 0) ? 1 : 0`;
    case 'guardedMultiply':
      return `${a} === 0 ? 0 : ${a} * ${b}`;
    case 'hypot':
      return hypot(`Math.abs(${a})`, `Math.abs(${b})`);
    case 'remainder': {
      // A zero has the sign of the dividend.
      const rest = `(${a} - ${b} * Math.trunc(${a} / ${b}))`;
      return `Math.abs(${b}) > Math.abs(${a}) ? ${a} : (${rest} === 0 ? ${a} * 0 : ${rest})`;
    }
    case 'min':
      return printExtremum('<', a, b, `-(-${a} - ${b})`);
    case 'max':
      return printExtremum('>', a, b, `${a} + ${b}`);
    case 'power':
      return printPower(a, b);
    default:
      return `Math.${fn}(${a}, ${b})`;
  }
}

/** The device's own minimum and maximum ignore NaN and the sign of zero. */
function printExtremum(wins: '<' | '>', a: string, b: string, ofZeros: string): string {
  const tie = `(${a} === ${b} ? (${a} === 0 ? ${ofZeros} : ${a}) : ${a} + ${b})`;
  return `${a} ${wins} ${b} ? ${a} : (${b} ${wins} ${a} ? ${b} : ${tie})`;
}

/** In units of the larger one, so that no square overflows. */
function hypot(a: string, b: string): string {
  const largest = `Math.max(${a}, ${b})`;
  const [p, q] = [a, b].map((side) => `(${side} / ${largest})`);
  return `${largest} === 0 ? 0 : ${largest} * Math.sqrt(${p} * ${p} + ${q} * ${q})`;
}

/** The device's power knows no negative bases: there the sign is that of an odd exponent. */
function printPower(a: string, b: string): string {
  const exponent = Number(b.replace(/[()]/g, ''));
  if (Number.isInteger(exponent) && exponent >= 1 && exponent <= 16) return product(a, exponent);
  const size = `Math.pow(Math.abs(${a}), ${b})`;
  const isOdd = `Math.abs(${b} - 2 * Math.trunc(${b} / 2)) === 1`;
  return `(${a} < 0 && ${isOdd}) ? -${size} : (${a} < 0 && Math.trunc(${b}) !== ${b} ? Math.sqrt(${a}) : ${size})`;
}

function product(a: string, count: number): string {
  if (count === 1) return a;
  const half = product(a, count >> 1);
  const square = `(${half}) * (${half})`;
  return count % 2 === 1 ? `${a} * ${square}` : square;
}
