/** What the pointer and the keyboard light up, in all tiles together. */
export interface Lit {
  /** The place of the time axis that is read; null for none. */
  at: number | null;
  /** Key of the cell that is lit up. */
  cell: string | null;
  /** A whole parameterization or optimizer that is lit up. */
  parameterization: string | null;
  optimizer: string | null;
  /** The tile from which it comes. */
  source: string | null;
}

const nothing: Lit = { at: null, cell: null, parameterization: null, optimizer: null, source: null };

export interface Interaction {
  readonly lit: Lit;
  light(some: Partial<Lit>): void;
  subscribe(listener: (lit: Lit) => void): void;
}

/** @returns what is lit up, and a way to change it: listeners are called only if something differs */
export function createInteraction(): Interaction {
  let lit = nothing;
  const listeners: ((lit: Lit) => void)[] = [];
  return {
    get lit() {
      return lit;
    },
    light(some) {
      const next = { ...lit, ...some };
      if ((Object.keys(next) as (keyof Lit)[]).every((name) => next[name] === lit[name])) return;
      lit = next;
      for (const listener of listeners) listener(lit);
    },
    subscribe(listener) {
      listeners.push(listener);
    },
  };
}

/** Which cells are lit up, by their key; null if nothing is, and all are drawn alike. */
export function isLit({ cell, parameterization, optimizer }: Lit): ((key: string) => boolean) | null {
  if (cell !== null) return (key) => key === cell;
  if (parameterization === null && optimizer === null) return null;
  return (key) => {
    const [ofParameterization, ofOptimizer] = JSON.parse(key) as [string, string];
    return (
      (parameterization === null || ofParameterization === parameterization) &&
      (optimizer === null || ofOptimizer === optimizer)
    );
  };
}
