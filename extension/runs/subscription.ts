/** A listener among others, until it is disposed of. */
export interface Subscription {
  dispose(): void;
}

/** Adds a listener to a set of them. */
export function subscription<T>(set: Set<T>, item: T): Subscription {
  set.add(item);
  return { dispose: () => void set.delete(item) };
}
