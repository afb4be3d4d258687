import type * as vscode from 'vscode';
import type { Fix } from '../lab/fixes.ts';

/** A diagnostic with ways to mend what it reports. */
export interface Mendable {
  diagnostic: vscode.Diagnostic;
  fixes: readonly Fix[];
  /** Set where a rate with which the runs of an optimizer do not diverge is not known, but can be looked for. */
  rateOf?: { experiment: string; optimizer: string };
}
