/** Locates errors in the user's files. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DefinitionError, type Place } from '../lab/errors.ts';
import type { Failure } from '../report/failure.ts';
import { failureAt, userFrame } from './frames.ts';
import { readSyntaxError } from './loader/syntaxError.ts';
import { thrownPlace } from './loader/thrown.ts';

/** The user's files. */
export interface UserFiles {
  /** The path of the lab file. */
  file: string;
  /** Texts as they are executed, by path: those that are not as the disk has them. */
  sources: ReadonlyMap<string, string>;
}

/** Describes whatever user code has thrown. It may be anything, so looking at it may throw again. */
export function failureOf(error: unknown, kind: Failure['kind'], files: UserFiles, experiment: string | null): Failure {
  const { file } = files;
  try {
    return describe(error, error instanceof DefinitionError ? 'definition' : kind, files, experiment);
  } catch {
    return { ...failureAt(file, null), kind, message: 'the file threw a value that cannot be described', experiment };
  }
}

function describe(error: unknown, kind: Failure['kind'], files: UserFiles, experiment: string | null): Failure {
  const { file } = files;
  if (!existsSync(file)) {
    const hint = 'Has it been deleted, renamed or moved?';
    return { ...failureAt(file, null), kind, message: 'this file does not exist', hint, experiment };
  }
  const syntax = readSyntaxError(error);
  const place = syntax?.place ?? placeOf(error, files);
  return {
    ...failureAt(file, place),
    kind,
    message: syntax?.message ?? messageOf(error),
    hint: syntax ? syntax.hint : error instanceof DefinitionError ? error.hint : hintFor(error),
    experiment,
    fixes: error instanceof DefinitionError ? error.fixes : [],
  };
}

function placeOf(error: unknown, { file, sources }: UserFiles): Place | null {
  if (error instanceof DefinitionError) {
    if (error.place) return error.place;
    if (error.origin) return userFrame(error.origin.stack);
  }
  if (!(error instanceof Error)) return thrownPlace(file, sources);
  return linkPlace(error) ?? importPlace(error, file) ?? userFrame(error.stack ?? '');
}

function messageOf(error: unknown): string {
  if (error instanceof DefinitionError) return error.message;
  if (!(error instanceof Error)) return `the file threw ${thrownText(error)}`;
  const missing = missingModule(error);
  if (missing) return `cannot find ${missing.name}`;
  return error.name === 'Error' ? error.message : `${error.name}: ${error.message}`;
}

/** `String` throws for an object without a prototype, among others. */
export function thrownText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return 'an object that has no text';
  }
}

/** The message of an error, or the text of another thrown value. */
export function thrownMessage(error: unknown): string {
  try {
    return error instanceof Error ? String(error.message) : thrownText(error);
  } catch {
    return thrownText(error);
  }
}

function hintFor(error: unknown): string | null {
  const missing = error instanceof Error ? missingModule(error) : null;
  if (!missing) return null;
  return missing.isPackage
    ? 'Is the package installed in this folder?'
    : 'Is the path right? It is relative to this file.';
}

/** The stack of Node's module linking errors begins with `file:line`, the line, and carets under it. */
function linkPlace(error: Error): Place | null {
  const [, url, at, , before = '', carets = ''] =
    /^(file:\/\/[^\s]+?)(?:\?lab=1)?:(\d+)\n(.*)\n(\s*)(\^+)/.exec(error.stack ?? '') ?? [];
  if (!url) return null;
  const column = before.length + 1;
  const line = Number(at);
  return { file: fileURLToPath(url), line, column, endLine: line, endColumn: column + carets.length };
}

function missingModule(
  error: Error & { code?: string },
): { name: string; isPackage: boolean; importer: string } | null {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') return null;
  const [, kind, name, from] = /Cannot find (package|module) '(.+)' imported from (.+)/.exec(error.message) ?? [];
  if (!from) return null;
  const importer = from.startsWith('file:') ? fileURLToPath(from.replace(/\?lab=1$/, '')) : from;
  return { name: `${kind} '${name}'`, isPackage: kind === 'package', importer };
}

/** The location of the import of a missing module. */
function importPlace(error: Error, file: string): Place | null {
  const missing = missingModule(error);
  if (!missing) return null;
  const importer = missing.importer.replace(/\?lab=1$/, '') || file;
  const wanted = missing.name.slice(missing.name.indexOf("'") + 1, -1);
  const lines = readFileSync(importer, 'utf8').split('\n');
  for (const [index, text] of lines.entries()) {
    for (const quoted of text.matchAll(/(['"])([^'"]+)\1/g)) {
      const [whole, , specifier = ''] = quoted;
      const names = [specifier, resolve(dirname(importer), specifier)];
      if (!names.some((name) => name === wanted || wanted.startsWith(`${name}/`) || name.startsWith(`${wanted}/`)))
        continue;
      const column = (quoted.index ?? 0) + 1;
      return { file: importer, line: index + 1, column, endLine: index + 1, endColumn: column + whole.length };
    }
  }
  return { file: importer, line: 1, column: 1 };
}
