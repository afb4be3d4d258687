/** Checks a file named on the command line before anything runs it. */
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { printableName } from './printable.ts';

/** Why a file cannot be run, and what to do about it. */
export interface Refusal {
  message: string;
  hint: string | null;
}

const isLabFile = (name: string) => /\.lab\.m?[jt]s$/.test(name);
/** Bytes read to tell text from binary files. */
const HEAD = 4096;

/** Why a path cannot be a lab file; null if it may be one. */
export function refusalOf(file: string): Refusal | null {
  let isFolder: boolean;
  try {
    isFolder = statSync(file).isDirectory();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    return { message: isMissing ? 'this file does not exist' : `this file cannot be read: ${message}`, hint: null };
  }
  if (isFolder) return { message: 'a folder, not a lab file', hint: folderHint(file) };
  if (!/\.m?[jt]s$/.test(file)) {
    return { message: 'not a lab file', hint: 'Lab files end with .lab.ts, .lab.mts, .lab.js or .lab.mjs.' };
  }
  try {
    return headOf(file).includes(0)
      ? { message: 'a binary file, not a lab file', hint: 'A lab file is TypeScript or JavaScript, in UTF-8.' }
      : null;
  } catch (error) {
    return { message: `this file cannot be read: ${(error as Error).message}`, hint: null };
  }
}

/** A hint that names the lab files in a folder: the user chooses, because training takes time. */
function folderHint(folder: string): string {
  let names: string[];
  try {
    names = readdirSync(folder).filter(isLabFile).sort();
  } catch {
    return 'Give lab files.';
  }
  const [first] = names;
  if (first === undefined) return 'It contains no lab file (*.lab.ts).';
  const path = join(folder, first);
  if (names.length === 1) return `Name the lab file in it: ${quoted(path)}`;
  const all = join(folder, `*${/\.lab\.m?[jt]s$/.exec(first)?.[0]}`);
  return `Name lab files: ${quoted(path)}, or all ${names.length} in it${/^[\w./-]*$/.test(folder) ? `: ${all}` : ''}.`;
}

/** Quoted for a POSIX shell. */
const quoted = (path: string) => (/^[\w./-]*$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

function headOf(file: string): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(HEAD);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, HEAD, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** `file:1:1: message`, followed by the hint. */
export function refusalText(file: string, { message, hint }: Refusal): string {
  return `${printableName(file)}:1:1: ${printableName(message)}\n${hint ? `    ${printableName(hint)}\n` : ''}`;
}
