/** Encodes WebAssembly modules in the binary format, with the few sections that generated programs need. */

export const i32 = 0x7f;
export const f64 = 0x7c;
export const v128 = 0x7b;
export type ValueType = typeof i32 | typeof f64 | typeof v128;

/** Unsigned LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 128 : low);
  } while (rest > 0);
  return bytes;
}

/** Signed LEB128 of an integer within 32 bits. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value | 0; ; ) {
    const low = rest & 127;
    rest >>= 7;
    const isLast = (rest === 0 && (low & 64) === 0) || (rest === -1 && (low & 64) !== 0);
    bytes.push(isLast ? low : low | 128);
    if (isLast) return bytes;
  }
}

export function float64(value: number): number[] {
  return [...new Uint8Array(new Float64Array([value]).buffer)];
}

type Bytes = readonly number[] | Uint8Array;

function concatenate(parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Items preceded by their number. */
function vector(items: readonly Bytes[]): Uint8Array {
  return concatenate([unsigned(items.length), ...items]);
}

function name(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return concatenate([unsigned(bytes.length), bytes]);
}

export interface Signature {
  parameters: ValueType[];
  results: ValueType[];
}

export interface WasmFunction extends Signature {
  /** Types of the locals after the parameters. */
  locals: ValueType[];
  /** Without the final `end`. */
  code: number[];
  /** The name under which it is exported, if it is. */
  exported?: string;
}

/**
 * A module with one imported memory, imported scalar functions, and functions of its own.
 * @param sharedPages the pages of a memory that threads share; omitted for one that is not shared
 */
export function encodeModule(
  imports: readonly { name: string; signature: Signature }[],
  functions: readonly WasmFunction[],
  sharedPages?: number,
): Uint8Array<ArrayBuffer> {
  const signatures = [...imports.map(({ signature }) => signature), ...functions];
  const typesOf = (types: readonly ValueType[]) => vector(types.map((type) => [type]));
  const types = signatures.map(({ parameters, results }) =>
    concatenate([[0x60], typesOf(parameters), typesOf(results)]),
  );
  const limits = sharedPages === undefined ? [0x00, ...unsigned(1)] : [0x03, ...unsigned(1), ...unsigned(sharedPages)];
  const imported = [
    concatenate([name('env'), name('memory'), [0x02], limits]),
    ...imports.map((entry, index) => concatenate([name('env'), name(entry.name), [0x00], unsigned(index)])),
  ];
  const declared = functions.map((_, index) => unsigned(imports.length + index));
  const exports = functions.flatMap(({ exported }, index) =>
    exported === undefined ? [] : [concatenate([name(exported), [0x00], unsigned(imports.length + index)])],
  );
  const bodies = functions.map(({ locals, code }) => {
    const declarations = vector(runs(locals).map(([count, type]) => [...unsigned(count), type]));
    return concatenate([unsigned(declarations.length + code.length + 1), declarations, code, [0x0b]]);
  });
  const section = (id: number, content: Uint8Array) => concatenate([[id], unsigned(content.length), content]);
  return concatenate([
    [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    section(1, vector(types)),
    section(2, vector(imported)),
    section(3, vector(declared)),
    section(7, vector(exports)),
    section(10, vector(bodies)),
  ]);
}

/** Run-length encodes the types of the locals. */
function runs(types: readonly ValueType[]): [number, ValueType][] {
  const result: [number, ValueType][] = [];
  for (const type of types) {
    const last = result.at(-1);
    if (last?.[1] === type) last[0]++;
    else result.push([1, type]);
  }
  return result;
}
