/**
 * A value as JSON from which every number can be read back to the bit. Numbers that JSON does not know are the texts
 * `NaN`, `Infinity` and `-Infinity`; null is left for what does not exist. Typed arrays become arrays.
 */
export function jsonText(value: unknown): string {
  if (typeof value === 'number') return numberText(value);
  if (ArrayBuffer.isView(value)) return `[${Array.from(value as Float64Array, numberText).join(',')}]`;
  if (Array.isArray(value)) return `[${value.map((part) => jsonText(part ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const known = Object.entries(value).filter(([, part]) => part !== undefined);
  return `{${known.map(([key, part]) => `${JSON.stringify(key)}:${jsonText(part)}`).join(',')}}`;
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  // Without a point, readers that know integers lose the sign.
  return Object.is(value, -0) ? '-0.0' : String(value);
}
