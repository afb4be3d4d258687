/** How results relate to a text that may have changed since. */
import type { Fingerprint } from '../definitions/index.ts';

/** What has changed since an experiment ran. */
export interface Freshness {
  /** Something on which all results depend has changed. */
  frameChanged: boolean;
  /** The parameterizations whose text has changed. */
  changed: ReadonlySet<string>;
}

export const FRESH: Freshness = { frameChanged: false, changed: new Set() };

export function compare(before: Fingerprint, now: Fingerprint): Freshness {
  const names = new Set([...before.parameterizations.keys(), ...now.parameterizations.keys()]);
  const changed = [...names].filter((name) => before.parameterizations.get(name) !== now.parameterizations.get(name));
  return { frameChanged: before.frame !== now.frame, changed: new Set(changed) };
}

export const isFresh = ({ frameChanged, changed }: Freshness): boolean => !frameChanged && changed.size === 0;

export const isSame = (a: Freshness, b: Freshness): boolean =>
  a.frameChanged === b.frameChanged &&
  a.changed.size === b.changed.size &&
  [...a.changed].every((name) => b.changed.has(name));
