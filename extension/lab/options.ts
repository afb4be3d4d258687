/** Validates the options of a building block. Every error message names the block and the option. */
import { DefinitionError } from './errors.ts';
import { didYouMean, fixText, type OptionPath, quoted } from './fixes.ts';
import { LONGEST_AXIS, MOST_LAYERS } from './limits.ts';
import { missingOption } from './optionExamples.ts';

/** The entry of `known` closest to a misspelled word, or null if none is close. */
export function closest(word: string, known: readonly string[]): string | null {
  const most = Math.max(2, Math.floor(word.length / 3));
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    // Of two that are equally close, one with as many letters.
    const rank = distance - (candidate.length === word.length ? 0.5 : 0);
    if (distance > most || rank >= least) continue;
    least = rank;
    best = candidate;
  }
  return best;
}

/** The number of letters to insert, to leave out, to replace, or to swap with their neighbours. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? before[j - 2]! + 1 : Number.POSITIVE_INFINITY;
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1), swapped);
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}

/** Formats a value for a message. */
export function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return value.length > 6 ? `an array of ${value.length}` : `[${value.map(show).join(', ')}]`;
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  if (value && typeof value === 'object') return 'an object';
  return String(value);
}

/** The options of one call, validated on access. */
export class Options {
  private readonly values: Record<string, unknown>;

  /**
   * @param block the building block's name, as the user calls it
   * @param known all its options
   * @param path where these options are in those of the call
   * @throws DefinitionError for an unknown option
   */
  constructor(
    private readonly block: string,
    values: unknown,
    known: readonly string[],
    private readonly path: OptionPath = [],
  ) {
    if (values === undefined) this.values = {};
    else if (isRecord(values)) this.values = values;
    else throw new DefinitionError(`${block}: the options must be an object, not ${show(values)}`);
    for (const key of Object.keys(this.values)) {
      if (known.includes(key)) continue;
      const near = closest(key, known);
      throw new DefinitionError(`${block} has no option '${key}'`, {
        hint: near ? didYouMean(near) : `It has ${known.map((name) => `'${name}'`).join(', ')}.`,
        // Where the meant option is given as well, another name would give it twice.
        fixes: near && !this.has(near) ? [{ type: 'rename', path: [...path, key], to: near }] : [],
      });
    }
  }

  has(name: string): boolean {
    return this.values[name] !== undefined;
  }

  raw(name: string): unknown {
    return this.values[name];
  }

  /** A finite number; required if there is no `fallback`. */
  number(name: string, fallback?: number): number {
    return this.numeric(name, fallback, 'a finite number', () => true);
  }

  /** A finite number above 0. */
  positive(name: string, fallback?: number): number {
    return this.numeric(name, fallback, 'a number above 0', (value) => value > 0);
  }

  /** A finite number of at least 0. */
  nonNegative(name: string, fallback?: number): number {
    return this.numeric(name, fallback, 'a number of at least 0', (value) => value >= 0);
  }

  /** A number of at least 0 and below 1. */
  share(name: string, fallback?: number): number {
    return this.numeric(name, fallback, 'a number of at least 0 and below 1', (value) => value >= 0 && value < 1);
  }

  /** A whole number of at least `least` and at most `most`. */
  count(name: string, fallback?: number, least = 1, most = Number.MAX_SAFE_INTEGER): number {
    const value = this.values[name];
    const isTooMany = Number.isInteger(value) && Number(value) > most;
    const wanted = isTooMany ? `at most ${most}` : `a whole number of at least ${least}`;
    return this.numeric(name, fallback, wanted, (count) => {
      return Number.isSafeInteger(count) && count >= least && count <= most;
    });
  }

  /** The length of an axis or the number of examples. */
  size(name: string, fallback?: number, least = 1): number {
    return this.count(name, fallback, least, LONGEST_AXIS);
  }

  boolean(name: string, fallback: boolean): boolean {
    const value = this.values[name] ?? fallback;
    if (typeof value !== 'boolean') throw this.wrong(name, 'true or false');
    return value;
  }

  /** One of the given names. */
  choice<const T extends string>(name: string, choices: readonly T[], fallback: T): T {
    const value = this.values[name] ?? fallback;
    const found = choices.find((choice) => choice === value);
    if (found !== undefined) return found;
    const near = typeof value === 'string' ? closest(value, choices) : null;
    throw this.wrong(name, `one of ${choices.map((choice) => `'${choice}'`).join(', ')}`, near);
  }

  /** A rectangular array of rows of finite numbers, as a row-major matrix. */
  matrix(name: string): { rows: number; columns: number; values: Float64Array } {
    return readMatrix(this.values[name], `${this.block}: '${name}'`);
  }

  private numeric(name: string, fallback: number | undefined, wanted: string, allowed: (value: number) => boolean) {
    const value = this.values[name] ?? fallback;
    if (typeof value !== 'number' || !Number.isFinite(value) || !allowed(value)) throw this.wrong(name, wanted);
    return value;
  }

  private wrong(name: string, wanted: string, near: string | null = null): DefinitionError {
    const value = this.values[name];
    const got = value === undefined ? 'it is missing' : `it is ${show(value)}`;
    const path = [...this.path, name];
    const fixes = near
      ? [{ type: 'set' as const, path, value: quoted(near) }]
      : value === undefined
        ? missingOption(this.block, name, this.path)
        : [];
    const [first] = fixes;
    const hint = near ? didYouMean(near) : first ? `For example ${fixText(first)}.` : null;
    return new DefinitionError(`${this.block}: '${name}' must be ${wanted}; ${got}`, { hint, fixes });
  }
}

/** Validates rows of numbers and stores them row-major. `what` names them in messages. */
export function readMatrix(value: unknown, what: string): { rows: number; columns: number; values: Float64Array } {
  if (!isArrayLike(value))
    throw new DefinitionError(`${what} must be an array of rows of numbers; it is ${show(value)}`);
  const rows = value.length;
  const first = value[0];
  if (rows === 0 || !isArrayLike(first) || first.length === 0) {
    throw new DefinitionError(`${what} must have at least one row with at least one number`);
  }
  const columns = first.length;
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const row = value[i];
    if (!isArrayLike(row))
      throw new DefinitionError(`${what}: row ${i + 1} must be an array of numbers; it is ${show(row)}`);
    if (row.length !== columns) {
      throw new DefinitionError(`${what} is ragged: row 1 has ${columns} numbers, row ${i + 1} has ${row.length}`);
    }
    for (let j = 0; j < columns; j++) {
      const entry = row[j];
      if (typeof entry !== 'number' || !Number.isFinite(entry)) {
        throw new DefinitionError(
          `${what}: row ${i + 1}, column ${j + 1} must be a finite number; it is ${show(entry)}`,
        );
      }
      values[i * columns + j] = entry;
    }
  }
  return { rows, columns, values };
}

/** Validates an array of finite numbers. */
export function readVector(value: unknown, what: string): Float64Array {
  if (!isArrayLike(value)) throw new DefinitionError(`${what} must be an array of numbers; it is ${show(value)}`);
  const values = new Float64Array(value.length);
  for (let i = 0; i < value.length; i++) {
    const entry = value[i];
    if (typeof entry !== 'number' || !Number.isFinite(entry)) {
      throw new DefinitionError(`${what}: entry ${i + 1} must be a finite number; it is ${show(entry)}`);
    }
    values[i] = entry;
  }
  return values;
}

/** Reads the option `widths`: the widths of a network's hidden layers. */
export function readWidths(read: Options, block: string): number[] {
  const value = read.raw('widths');
  if (isArrayLike(value) && value.length >= MOST_LAYERS) {
    throw new DefinitionError(
      `${block}: 'widths' lists ${value.length} hidden layers; a network may have at most ${MOST_LAYERS} layers`,
    );
  }
  const isWidth = (width: unknown) =>
    Number.isSafeInteger(width) && Number(width) >= 1 && Number(width) <= LONGEST_AXIS;
  if (isArrayLike(value) && Array.from(value).every(isWidth)) return Array.from(value, Number);
  throw new DefinitionError(
    `${block}: 'widths' must list the widths of the hidden layers, whole numbers of at least 1; it is ${show(value)}`,
    { fixes: value === undefined ? missingOption(block, 'widths') : [] },
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

export function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
