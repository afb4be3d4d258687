/** Values as Python source. */
import { deflateSync } from 'node:zlib';
import { type Shape, sizeOf } from '../lab/compiler/shape.ts';

/** A number; the shortest text that reads as the same number. */
export function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'np.nan';
  if (!Number.isFinite(value)) return value > 0 ? 'np.inf' : '-np.inf';
  return Object.is(value, -0) ? '-0.0' : String(value);
}

/** The same, written as a floating-point number. */
export function pythonFloat(value: number): string {
  const text = pythonNumber(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

export function pythonString(text: string): string {
  return JSON.stringify(text);
}

/** `(3, 4)`; one number has a comma. */
export function pythonTuple(parts: readonly (string | number)[]): string {
  return parts.length === 1 ? `(${parts[0]},)` : `(${parts.join(', ')})`;
}

/** Keyword arguments; those that are null are left out. */
export function keywords(values: Record<string, string | null>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`]))
    .join(', ');
}

/** Longest call that stays on one line. */
const LONGEST_CALL = 90;

/** A call with keyword arguments, as an entry of a dictionary in a variant: long ones have a line for each argument. */
export function callText(name: string, values: Record<string, string | null>): string {
  const one = keywords(values);
  if (one.length <= LONGEST_CALL) return `${name}(${one})`;
  const lines = Object.entries(values).flatMap(([argument, value]) =>
    value === null ? [] : [`                ${argument}=${value},\n`],
  );
  return `${name}(\n${lines.join('')}            )`;
}

/** More numbers than this are packed. */
const MOST_WRITTEN = 64;

/** An array as an expression. */
export function pythonArray(values: ArrayLike<number>, shape: Shape): string {
  const all = Array.from(values);
  const size = pythonTuple(shape);
  if (all.length > 0 && all.every((value) => Object.is(value, all[0]))) {
    return Object.is(all[0], 0) ? `np.zeros(${size})` : `np.full(${size}, ${pythonFloat(all[0]!)})`;
  }
  if (all.length > MOST_WRITTEN) return `unpacked("${packed(all)}", ${size})`;
  return `np.array(${nested(all, shape)})`;
}

/** Whether an array is written with the helper `unpacked`. */
export function isPacked(text: string): boolean {
  return text.includes('unpacked(');
}

function nested(values: readonly number[], shape: Shape): string {
  const [length, ...inner] = shape;
  if (length === undefined) return pythonFloat(values[0]!);
  const size = sizeOf(inner);
  const parts = Array.from({ length }, (_, i) => nested(values.slice(i * size, (i + 1) * size), inner));
  return `[${parts.join(', ')}]`;
}

function packed(values: readonly number[]): string {
  const bytes = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((value, i) => {
    bytes.setFloat64(8 * i, value, true);
  });
  return deflateSync(new Uint8Array(bytes.buffer)).toString('base64');
}
