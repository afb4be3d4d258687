import type * as vscode from 'vscode';
import type { Fix } from '../lab/fixes.ts';

/** A diagnostic with ways to mend what it reports. */
export interface Mendable {
  diagnostic: vscode.Diagnostic;
  fixes: readonly Fix[];
}
