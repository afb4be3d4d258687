/** The files that imports of the user's mean, as TypeScript resolves them. */
import { existsSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createPathsMatcher, getTsconfig, type TsConfigResult } from 'get-tsconfig';

const endings = ['.ts', '.mts', '.js', '.mjs', '.json'];
const extensions = ['', ...endings, ...endings.map((ending) => `/index${ending}`)];

/** What a name with JavaScript's extension means where there is no such file: that of the TypeScript it is made from. */
const sources: Record<string, string> = { '.js': '.ts', '.mjs': '.mts' };

/** The file that a path in an import means, with or without its extension, or null. */
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

/** The file that `paths` or `baseUrl` of the nearest tsconfig.json or jsconfig.json gives an import, or null. */
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
      // One that cannot be read, or extends a package that is not installed, is TypeScript's to complain about.
      return [];
    }
  });
  // The nearer one lies deeper; tsconfig.json goes before jsconfig.json in one folder.
  const depth = ({ path }: TsConfigResult) => dirname(path).length;
  return found.reduce<TsConfigResult | null>((best, one) => (best && depth(best) >= depth(one) ? best : one), null);
}

/** Whether what Node resolved is a module of the user's own: one of an installed package is taken as it is. */
export const isOwnModule = (url: URL): boolean =>
  url.protocol === 'file:' &&
  /\.m?[jt]s$/.test(url.pathname) &&
  !url.pathname.includes('/node_modules/') &&
  existsSync(url);
