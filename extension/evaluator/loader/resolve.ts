/** Resolves imports of user files like TypeScript. */
import { existsSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createPathsMatcher, getTsconfig, type TsConfigResult } from 'get-tsconfig';

const endings = ['.ts', '.mts', '.js', '.mjs', '.json'];
const extensions = ['', ...endings, ...endings.map((ending) => `/index${ending}`)];

/** TypeScript extensions that replace a JavaScript extension if there is no such file. */
const sources: Record<string, string> = { '.js': '.ts', '.mjs': '.mts' };

/** The file for an import path, with or without extension, or null. */
export function complete(url: URL): URL | null {
  const exact = firstFile(url, ['']);
  if (exact) return exact;
  const made = /\.m?js$/.exec(url.pathname)?.[0];
  if (made) {
    const source = new URL(url);
    source.pathname = `${url.pathname.slice(0, -made.length)}${sources[made]}`;
    if (isFile(source)) return source;
  }
  return firstFile(url, extensions);
}

function firstFile(url: URL, endingsToTry: readonly string[]): URL | null {
  for (const ending of endingsToTry) {
    const candidate = new URL(url);
    candidate.pathname = `${ending.startsWith('/') ? url.pathname.replace(/\/$/, '') : url.pathname}${ending}`;
    if (isFile(candidate)) return candidate;
  }
  return null;
}

function isFile(url: URL): boolean {
  try {
    return statSync(fileURLToPath(url)).isFile();
  } catch {
    return false;
  }
}

/**
 * Resolves an import by `paths` or `baseUrl` of the nearest tsconfig.json or jsconfig.json; null if it does not match.
 */
export function fromConfig(specifier: string, importer: URL): URL | null {
  if (isBuiltin(specifier)) return null;
  const config = nearestConfig(dirname(fileURLToPath(importer)));
  const candidates = config && createPathsMatcher(config)?.(specifier);
  for (const path of candidates ?? []) {
    const found = complete(pathToFileURL(path));
    if (found) return found;
  }
  return null;
}

function nearestConfig(folder: string): TsConfigResult | null {
  const found = ['tsconfig.json', 'jsconfig.json'].flatMap((name) => {
    try {
      return getTsconfig(folder, name) ?? [];
    } catch {
      // Ignore an invalid config, or one that extends a missing package: TypeScript reports these errors.
      return [];
    }
  });
  // Prefer the deeper folder, and tsconfig.json over jsconfig.json.
  const depth = ({ path }: TsConfigResult) => dirname(path).length;
  return found.reduce<TsConfigResult | null>((best, one) => (best && depth(best) >= depth(one) ? best : one), null);
}

/** Whether a resolved module is user code; installed packages are loaded unchanged. */
export const isOwnModule = (url: URL): boolean =>
  url.protocol === 'file:' &&
  /\.m?[jt]s$/.test(url.pathname) &&
  !url.pathname.includes('/node_modules/') &&
  existsSync(url);

/** The file that an import without a package name means: a path, or a name in `paths`; null if there is none. */
export function resolveLocal(specifier: string, importer: URL): URL | null {
  const isPath = /^(\.{1,2}|file:)?\//.test(specifier) || /^\.{1,2}$/.test(specifier);
  return isPath ? complete(new URL(specifier, importer)) : fromConfig(specifier, importer);
}
