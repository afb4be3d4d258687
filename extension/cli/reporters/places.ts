/** Where the claims of a lab file stand in its text. */
import { readFileSync } from 'node:fs';
import { findExperiments } from '../../definitions/index.ts';
import type { GridPlan } from '../../report/grid.ts';

export interface Place {
  /** From 1. */
  line: number;
  column: number;
}

/** The places of the claims of an experiment; a claim whose name is computed stands where its experiment does. */
export function claimPlaces(file: string, { experiment, line, column }: GridPlan): (claim: string) => Place {
  const found = findExperiments(textOf(file)).find(({ name }) => name === experiment);
  const places = new Map(found?.claims.map(({ name, key }) => [name, key.start]));
  return (claim) => places.get(claim) ?? { line, column };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It was there when it was loaded.
    return '';
  }
}
