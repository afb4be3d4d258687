/** A value that must be there: throws where it is null or undefined, so that no assertion about it passes for nothing. */
export function required<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error(`The value is ${value}.`);
  return value;
}
