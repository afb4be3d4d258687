/** Which code lenses the user wants to see. */
import * as vscode from 'vscode';

/** `run` is Run and Stop, `outcome` the progress and outcome of the latest run, `only` the runs of one line alone. */
export type LensKind = 'run' | 'live' | 'outcome' | 'compare' | 'only';

/** Whether a kind of lens is shown in a document. */
export function lensKinds(document: vscode.TextDocument): (kind: LensKind) => boolean {
  const settings = vscode.workspace.getConfiguration('depthLab', document);
  const isOn = settings.get('lenses.enabled', true);
  return (kind) => isOn && settings.get(`lenses.${kind}`, true);
}

/** Whether results stand beside the lines of a document, and the column beyond which they stand above them instead. */
export function inlineSettings(document: vscode.TextDocument): { enabled: boolean; column: number } {
  const settings = vscode.workspace.getConfiguration('depthLab', document);
  return { enabled: settings.get('inlineResults.enabled', true), column: settings.get('inlineResults.column', 100) };
}
