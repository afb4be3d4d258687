/** Singular values of a bidiagonal matrix by implicit QR steps (Golub and Reinsch 1970; `dsvdc` of LINPACK). */
import type { BidiagonalForm } from './bidiagonalForm.ts';
import type { RotatedRows } from './rotatedRows.ts';

/** Singular vectors as rows, which the steps rotate; null where they are not wanted. */
export interface Vectors {
  left: RotatedRows | null;
  right: RotatedRows | null;
}

const EPSILON = 2 ** -52;
const TINY = 2 ** -966;

/** A value takes two steps or three. */
const MOST_STEPS = 200;

/**
 * @param form overwritten: its diagonal with the singular values, in no particular order
 * @throws Error where they do not converge
 */
export function bidiagonalQr({ diagonal: s, above: e }: BidiagonalForm, { left, right }: Vectors): void {
  const n = s.length;
  let steps = 0;
  for (let p = n; p > 0; ) {
    const { start: k, zero } = lastBlock(s, e, p);
    if (k === p - 1) {
      settle(s, k, right);
      p--;
      steps = 0;
      continue;
    }
    if (zero === p - 1) deflate(s, e, k, p, right);
    else if (zero >= 0) split(s, e, zero, p, left);
    else {
      if (++steps > MOST_STEPS) throw new Error('the singular values do not converge');
      step(s, e, k, p, left, right);
    }
  }
}

/** √(x² + y²). */
function hypotenuse(x: number, y: number): number {
  const square = x * x + y * y;
  return square > 1e-280 && square < 1e280 ? Math.sqrt(square) : Math.hypot(x, y);
}

/** A block without a negligible entry above the diagonal. */
interface Block {
  start: number;
  /** Its last negligible diagonal entry; −1 if there is none. */
  zero: number;
}

/** The last block before `end`. What is negligible becomes 0. */
function lastBlock(s: Float64Array, e: Float64Array, end: number): Block {
  let zero = -1;
  let after = 0;
  for (let i = end - 1; ; i--) {
    let before = 0;
    if (i > 0) {
      before = Math.abs(e[i - 1]);
      if (before <= TINY + EPSILON * (Math.abs(s[i]) + Math.abs(s[i - 1]))) before = e[i - 1] = 0;
    }
    if (zero < 0 && Math.abs(s[i]) <= TINY + EPSILON * (before + after)) {
      s[i] = 0;
      zero = i;
    }
    if (before === 0) return { start: i, zero };
    after = before;
  }
}

/** Removes what is above a last diagonal entry that is 0. */
function deflate(s: Float64Array, e: Float64Array, k: number, p: number, right: RotatedRows | null): void {
  let f = e[p - 2];
  e[p - 2] = 0;
  for (let j = p - 2; j >= k; j--) {
    const t = hypotenuse(s[j], f);
    const [c, d] = [s[j] / t, f / t];
    s[j] = t;
    if (j > k) {
      f = -d * e[j - 1];
      e[j - 1] *= c;
    }
    right?.rotate(j, p - 1, c, d);
  }
}

/** Removes what is beside a diagonal entry that is 0. */
function split(s: Float64Array, e: Float64Array, zero: number, p: number, left: RotatedRows | null): void {
  let f = e[zero];
  e[zero] = 0;
  for (let j = zero + 1; j < p && f !== 0; j++) {
    const t = hypotenuse(s[j], f);
    const [c, d] = [s[j] / t, f / t];
    s[j] = t;
    f = -d * e[j];
    e[j] *= c;
    left?.rotate(j, zero, c, d);
  }
}

/** One implicit QR step on a block, with the shift of its last two rows. */
function step(
  s: Float64Array,
  e: Float64Array,
  k: number,
  p: number,
  left: RotatedRows | null,
  right: RotatedRows | null,
): void {
  const scale = Math.max(...[s[p - 1], s[p - 2], e[p - 2], s[k], e[k]].map(Math.abs));
  const [last, before, between] = [s[p - 1] / scale, s[p - 2] / scale, e[p - 2] / scale];
  const [first, beside] = [s[k] / scale, e[k] / scale];
  const b = ((before + last) * (before - last) + between * between) / 2;
  const c = (last * between) ** 2;
  const root = Math.sqrt(b * b + c);
  const shift = b === 0 && c === 0 ? 0 : c / (b + (b < 0 ? -root : root));
  let f = (first + last) * (first - last) + shift;
  let g = first * beside;
  for (let j = k; j < p - 1; j++) {
    let t = hypotenuse(f, g);
    let [cosine, sine] = [f / t, g / t];
    if (j > k) e[j - 1] = t;
    f = cosine * s[j] + sine * e[j];
    e[j] = cosine * e[j] - sine * s[j];
    g = sine * s[j + 1];
    s[j + 1] *= cosine;
    right?.put(j, cosine, sine);
    t = hypotenuse(f, g);
    [cosine, sine] = [f / t, g / t];
    s[j] = t;
    f = cosine * e[j] + sine * s[j + 1];
    s[j + 1] = cosine * s[j + 1] - sine * e[j];
    g = sine * e[j + 1];
    e[j + 1] *= cosine;
    left?.put(j, cosine, sine);
  }
  e[p - 2] = f;
  left?.sweep(k, p - 1);
  right?.sweep(k, p - 1);
}

/** Makes value k positive. */
function settle(s: Float64Array, k: number, right: RotatedRows | null): void {
  if (s[k] > 0) return;
  s[k] = s[k] < 0 ? -s[k] : 0;
  right?.negate(k);
}
