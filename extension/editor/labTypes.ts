/**
 * Provides the types of the module `depth-lab` without an install, where TypeScript looks for packages: in
 * `node_modules/depth-lab` of the folder. Git ignores them, and a real install of the package is left alone.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Marks a package written by this extension, as opposed to a real install. */
const MARK = 'providedByDepthLabExtension';

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

const isInside = (folder: string, outer: string) => {
  const relative = path.relative(outer, folder);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
};

/**
 * Writes the types into a folder, or updates them. Does nothing if the package itself is installed.
 * Returns whether anything was written.
 * @param types the text of the declarations
 */
export async function provideTypes(home: string, types: string, version: string): Promise<boolean> {
  const folder = path.join(home, 'node_modules/depth-lab');
  const manifestFile = path.join(folder, 'package.json');
  const present = await text(manifestFile);
  if (present !== null && !isOurs(present)) return false;
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
  await mkdir(folder, { recursive: true });
  const written = [
    await writeIfNew(path.join(folder, '.gitignore'), '*\n'),
    await writeIfNew(path.join(folder, 'index.d.ts'), types),
    await writeIfNew(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`),
  ];
  return written.includes(true);
}

function isOurs(manifest: string): boolean {
  try {
    const value: unknown = JSON.parse(manifest);
    return typeof value === 'object' && value !== null && MARK in value;
  } catch {
    return false;
  }
}

async function writeIfNew(file: string, content: string): Promise<boolean> {
  if ((await text(file)) === content) return false;
  await writeFile(file, content);
  return true;
}

async function text(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}
