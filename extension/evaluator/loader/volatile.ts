/**
 * Notes which values that differ from call to call the user's code asks for: an experiment that is made of them is
 * another one each time its file is loaded.
 */

/** Functions that are watched, by how users write them. */
type Watched = [name: string, owner: object, key: string];

export interface VolatileUse {
  /** The names of what was used so far, in order of first use. */
  readonly used: string[];
  /** Begins anew. */
  forget(): void;
}

/** Watches from now on. To be called once in a thread. */
export function watchVolatile(): VolatileUse {
  const used = new Set<string>();
  const watched: Watched[] = [
    ['Math.random', Math, 'random'],
    ['Date', Date, 'now'],
    ['performance.now', performance, 'now'],
    ['process.hrtime', process, 'hrtime'],
    ['crypto.randomUUID', crypto, 'randomUUID'],
    ['crypto.getRandomValues', crypto, 'getRandomValues'],
  ];
  for (const [name, owner, key] of watched) {
    const original = Reflect.get(owner, key) as (...values: unknown[]) => unknown;
    const noted = new Proxy(original, {
      apply(target, self, values: unknown[]) {
        used.add(name);
        return Reflect.apply(target, self, values);
      },
    });
    Object.defineProperty(owner, key, { value: noted, configurable: true, writable: true });
  }
  const noted = new Proxy(Date, {
    apply(target, self, values) {
      used.add('Date');
      return Reflect.apply(target, self, values);
    },
    construct(target, values, newTarget) {
      if (values.length === 0) used.add('Date');
      return Reflect.construct(target, values, newTarget);
    },
  });
  Date.prototype.constructor = noted;
  globalThis.Date = noted;
  return {
    get used() {
      return [...used];
    },
    forget: () => used.clear(),
  };
}
