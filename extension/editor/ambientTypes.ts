/**
 * The types of the module `depth-lab` as a declaration file that needs no package: for Yarn Plug'n'Play, where TypeScript
 * looks in no `node_modules`, and for folders that cannot be written to.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { exists } from './exists.ts';
import { isInside } from './labTypes.ts';
import { kindOf, linkOnTheWay, replaceFile } from './safeWrites.ts';

/** The name of the file. */
export const AMBIENT_FILE = 'depth-lab.d.ts';

/** The first line of a file that this extension has written. */
const MARK = "// The types of 'depth-lab', put here by the Depth Lab extension, which runs the experiments.";

/** Files that say that a folder uses Plug'n'Play, or has a project of TypeScript or JavaScript. */
const PNP = ['.pnp.cjs', '.pnp.js', '.pnp.data.json'];
const PROJECTS = ['tsconfig.json', 'jsconfig.json'];

/** Declares the module. @param types the declarations of the package */
export function ambient(types: string): string {
  // What is within a module that is declared is declared already.
  const inner = types.replaceAll(/^(export )?declare /gm, '$1');
  return `${MARK}\ndeclare module 'depth-lab' {\n${inner.trimEnd()}\n}\n`;
}

/** The folder of a file, or an outer one within the workspace folder, that has one of some files; null if none has. */
async function folderWith(names: readonly string[], file: string, workspaceFolder: string): Promise<string | null> {
  for (let folder = path.dirname(file); isInside(folder, workspaceFolder); folder = path.dirname(folder)) {
    for (const name of names) if (await exists(path.join(folder, name))) return folder;
    if (folder === path.dirname(folder)) break;
  }
  return null;
}

/** Whether a lab file belongs to a project with Yarn Plug'n'Play. */
export const usesPlugAndPlay = async (file: string, workspaceFolder: string): Promise<boolean> =>
  (await folderWith(PNP, file, workspaceFolder)) !== null;

/** The folder whose project a lab file belongs to: there TypeScript finds the declaration file. Null if it is in none. */
export const projectOf = (file: string, workspaceFolder: string): Promise<string | null> =>
  folderWith(PROJECTS, file, workspaceFolder);

/** The declaration file of one project. */
export class AmbientTypes {
  private readonly file: string;
  private readonly text: string;

  /** @param workspaceFolder no folder in it on the way to the file may be a link */
  constructor(
    private readonly workspaceFolder: string,
    project: string,
    types: string,
  ) {
    this.file = path.join(project, AMBIENT_FILE);
    this.text = ambient(types);
  }

  /** Whether it is to be written: it is not there, or is that of another version. */
  async isWanted(): Promise<boolean> {
    if ((await linkOnTheWay(this.workspaceFolder, this.file)) !== null) return false;
    const kind = await kindOf(this.file);
    if (kind === 'missing') return true;
    if (kind !== 'file') return false;
    const now = await readFile(this.file, 'utf8');
    return now.startsWith(MARK) && now !== this.text;
  }

  write(): Promise<void> {
    return replaceFile(this.file, this.text);
  }
}
