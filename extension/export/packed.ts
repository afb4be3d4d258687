/** Results as JSON that a page reads: typed arrays as their bytes, numbers that JSON does not know as texts. */

/** What stands for a typed array. */
export interface PackedArray {
  $typed: 'Float64Array' | 'Float32Array' | 'Int32Array';
  /** In base64, the least significant byte first. */
  $bytes: string;
}

/** What stands for a number that is not finite. */
export interface PackedNumber {
  $number: 'NaN' | 'Infinity' | '-Infinity';
}

/** Text that can stand in a `script` element: it has no `<`. */
export function packed(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (item instanceof Float64Array || item instanceof Float32Array || item instanceof Int32Array) return array(item);
    if (typeof item === 'number' && !Number.isFinite(item)) return { $number: String(item) } as PackedNumber;
    return item;
  }).replaceAll('<', '\\u003c');
}

function array(values: Float64Array | Float32Array | Int32Array): PackedArray {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
  return { $typed: values.constructor.name as PackedArray['$typed'], $bytes: bytes };
}
