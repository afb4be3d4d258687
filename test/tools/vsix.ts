/** Builds the extension and packs it as users get it. */
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { cache, mustRun, type Output, root } from './process.ts';

/** The packed extension may weigh this much: it is downloaded by everyone. */
export const BUDGET = 8 * 1024 * 1024;

export const vsixFile = path.join(cache, 'depth-lab.vsix');

/** Packing builds first: it runs the script `vscode:prepublish`. */
export async function packExtension(output: Output = 'shown'): Promise<string> {
  mkdirSync(cache, { recursive: true });
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  await mustRun(process.execPath, [vsce, 'package', '--out', vsixFile], { output });
  return vsixFile;
}

export const vsixSize = (): number => statSync(vsixFile).size;
