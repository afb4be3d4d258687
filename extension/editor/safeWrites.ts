/** Writes into folders of a workspace: a file is there as a whole or not at all, and nothing is written through a link. */
import { lstat, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

export type Kind = 'missing' | 'file' | 'folder' | 'link' | 'other';

/** What is at a path, which is not followed if it is a link. */
export async function kindOf(at: string): Promise<Kind> {
  try {
    const found = await lstat(at);
    if (found.isSymbolicLink()) return 'link';
    if (found.isDirectory()) return 'folder';
    return found.isFile() ? 'file' : 'other';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'missing';
    throw error;
  }
}

/**
 * The first symbolic link on the way to a path; null if there is none.
 * @param base where the way begins; it may be a link itself
 */
export async function linkOnTheWay(base: string, at: string): Promise<string | null> {
  let reached = base;
  for (const part of path.relative(base, at).split(path.sep)) {
    reached = path.join(reached, part);
    const kind = await kindOf(reached);
    if (kind === 'link') return reached;
    if (kind === 'missing') return null;
  }
  return null;
}

/** Creates a folder with its files. Throws if there is a folder that is not empty; then nothing has changed. */
export async function writeFolder(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  const temporary = await mkdtemp(path.join(path.dirname(folder), `.${path.basename(folder)}-`));
  try {
    for (const [name, content] of files) await writeFile(path.join(temporary, name), content, { flag: 'wx' });
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

/** Replaces a file, or creates it. A link in its place is replaced, and what it leads to stays. */
export async function replaceFile(file: string, content: string): Promise<void> {
  const folder = await mkdtemp(path.join(path.dirname(file), '.new-'));
  const temporary = path.join(folder, path.basename(file));
  try {
    await writeFile(temporary, content, { flag: 'wx' });
    await rename(temporary, file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
