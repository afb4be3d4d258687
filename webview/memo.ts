/** How many results are kept. */
const MOST_KEPT = 2048;

/**
 * Keeps the results of a pure function of a list of objects and some settings: while an experiment grows, most curves
 * stay the same from one drawing to the next.
 */
export function memoized<Item extends object, Rest extends readonly (string | number | boolean)[], Result>(
  compute: (items: readonly Item[], ...rest: Rest) => Result,
): (items: readonly Item[], ...rest: Rest) => Result {
  const numbers = new WeakMap<Item, number>();
  let last = 0;
  const numberOf = (item: Item) => {
    const known = numbers.get(item) ?? ++last;
    numbers.set(item, known);
    return known;
  };
  const results = new Map<string, Result>();
  return (items, ...rest) => {
    const key = `${items.map(numberOf).join(' ')}|${rest.join(' ')}`;
    const known = results.get(key);
    if (known !== undefined) {
      // The oldest goes first.
      results.delete(key);
      results.set(key, known);
      return known;
    }
    const result = compute(items, ...rest);
    results.set(key, result);
    if (results.size > MOST_KEPT) for (const oldest of results.keys()) if (results.delete(oldest)) break;
    return result;
  };
}
