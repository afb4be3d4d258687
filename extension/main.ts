import type { ExtensionContext } from 'vscode';

/** VS Code calls this when a lab file opens or a command runs: wires the rooms together, nothing else. */
export function activate(_context: ExtensionContext): void {}
