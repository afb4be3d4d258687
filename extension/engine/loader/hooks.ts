/**
 * Loader hooks, on Node's own loader thread: strip types in place (so that lines and columns stay the user's), resolve
 * imports with or without extension, supply the module `depth-lab`, and give each load of a file fresh modules.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { requireJson } from './jsonSyntax.ts';
import { requireModule } from './moduleSyntax.ts';
import { LOAD_QUERY } from './query.ts';
import { stripTypes } from './strip.ts';

const labModule = new URL('./lab.js', import.meta.url).href;
const extensions = ['.ts', '.mts', '.js', '.mjs', '.json', '/index.ts', '/index.js'];

export const resolve: ResolveHook = async (specifier, context, next) => {
  if (specifier === 'depth-lab') return { url: labModule, shortCircuit: true };
  const load = context.parentURL ? new URL(context.parentURL).searchParams.get(LOAD_QUERY) : null;
  if (load === null || !/^(\.{1,2}|file:)?\//.test(specifier)) return next(specifier, context);
  const url = new URL(specifier, context.parentURL);
  const found = complete(url);
  if (!found) return next(specifier, context);
  found.searchParams.set(LOAD_QUERY, load);
  // JSON may be imported with or without `with { type: 'json' }`.
  const isJson = found.pathname.endsWith('.json');
  return { url: found.href, shortCircuit: true, ...(isJson && { importAttributes: { type: 'json' } }) };
};

export const load: LoadHook = async (url, context, next) => {
  const parsed = new URL(url);
  if (parsed.protocol !== 'file:' || !parsed.searchParams.has(LOAD_QUERY)) return next(url, context);
  const file = fileURLToPath(parsed);
  if (/\.m?ts$/.test(file))
    return { format: 'module', source: stripTypes(readFileSync(file, 'utf8'), file), shortCircuit: true };
  if (/\.lab\.m?js$/.test(file)) {
    const source = readFileSync(file, 'utf8');
    requireModule(source, file);
    return { format: 'module', source, shortCircuit: true };
  }
  if (file.endsWith('.json')) requireJson(readFileSync(file, 'utf8'), file);
  const loaded = await next(url, context);
  if (loaded.format === 'module' && loaded.source) requireModule(textOf(loaded.source), file);
  return loaded;
};

function textOf(source: NonNullable<Awaited<ReturnType<LoadHook>>['source']>): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source);
}

/** The file that an import without extension means, or null. */
function complete(url: URL): URL | null {
  for (const extension of ['', ...extensions]) {
    const candidate = new URL(url);
    candidate.pathname += extension;
    const path = fileURLToPath(candidate);
    if (existsSync(path) && statSync(path).isFile()) return candidate;
  }
  return null;
}
