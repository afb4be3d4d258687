/**
 * Provides the types of the module `depth-lab` without an install, where TypeScript looks for packages: in
 * `node_modules/depth-lab` of the folder. Git ignores them. What is installed there, or about to be, is left alone.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Kind, kindOf, linkOnTheWay, replaceFile, writeFolder } from './safeWrites.ts';

/** Marks a package written by this extension, as opposed to a real install. */
const MARK = 'providedByDepthLabExtension';

/** What there is at the place of the types. */
export type TypesState =
  /** The types, as they would be written. */
  | { type: 'current' }
  /** Nothing, or types of another version of the extension. */
  | { type: 'wanted' }
  /** A package that this extension has not written, or a part of one. */
  | { type: 'foreign' }
  /** Something that is not written through. @param path the link */
  | { type: 'link'; path: string };

/**
 * The folder for the types of a lab file: that of the nearest package.json, otherwise the workspace folder.
 * @param exists whether a file exists
 */
export async function typesHome(
  file: string,
  workspaceFolder: string,
  exists: (file: string) => Promise<boolean>,
): Promise<string> {
  let folder = path.dirname(file);
  while (isInside(folder, workspaceFolder)) {
    if (await exists(path.join(folder, 'package.json'))) return folder;
    const parent = path.dirname(folder);
    if (parent === folder) break;
    folder = parent;
  }
  return workspaceFolder;
}

/** Whether a folder is another one or within it. */
export const isInside = (folder: string, outer: string) => {
  const relative = path.relative(outer, folder);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
};

/** The package with the types in one folder. */
export class LabTypes {
  private readonly folder: string;
  /** Contents by name. The manifest, which says whose they are, is written last. */
  private readonly files: ReadonlyMap<string, string>;

  /**
   * @param workspaceFolder no folder in it on the way to the types may be a link
   * @param home where the package.json of the lab files is
   * @param types the text of the declarations
   * @param version of the extension
   */
  constructor(
    private readonly workspaceFolder: string,
    home: string,
    types: string,
    version: string,
  ) {
    this.folder = path.join(home, 'node_modules/depth-lab');
    this.files = new Map([
      ['.gitignore', '*\n'],
      ['index.d.ts', types],
      ['package.json', manifestOf(version)],
    ]);
  }

  async state(): Promise<TypesState> {
    const link = await linkOnTheWay(this.workspaceFolder, this.folder);
    if (link !== null) return { type: 'link', path: link };
    const kind = await kindOf(this.folder);
    if (kind === 'missing') return { type: 'wanted' };
    if (kind !== 'folder') return { type: 'foreign' };
    const kinds = new Map<string, Kind>();
    for (const name of this.files.keys()) kinds.set(name, await kindOf(path.join(this.folder, name)));
    for (const [name, one] of kinds) if (one === 'link') return { type: 'link', path: path.join(this.folder, name) };
    if (kinds.get('package.json') !== 'file' || !isOurs(await this.read('package.json'))) return { type: 'foreign' };
    for (const [name, content] of this.files) {
      if (kinds.get(name) === 'missing' || (await this.read(name)) !== content) return { type: 'wanted' };
    }
    return { type: 'current' };
  }

  /** Writes the types, or brings them up to date, if they are wanted. Returns whether anything was written. */
  async write(): Promise<boolean> {
    if ((await this.state()).type !== 'wanted') return false;
    if ((await kindOf(this.folder)) === 'missing') {
      await writeFolder(this.folder, this.files);
      return true;
    }
    for (const [name, content] of this.files) await replaceFile(path.join(this.folder, name), content);
    return true;
  }

  private read(name: string): Promise<string> {
    return readFile(path.join(this.folder, name), 'utf8');
  }
}

function manifestOf(version: string): string {
  const manifest = {
    name: 'depth-lab',
    version,
    description:
      'Types of the lab files, put here by the Depth Lab extension. The extension itself runs the experiments.',
    type: 'module',
    types: './index.d.ts',
    exports: { '.': { types: './index.d.ts' } },
    [MARK]: true,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function isOurs(manifest: string): boolean {
  try {
    const value: unknown = JSON.parse(manifest);
    return typeof value === 'object' && value !== null && Object.hasOwn(value, MARK);
  } catch {
    return false;
  }
}
