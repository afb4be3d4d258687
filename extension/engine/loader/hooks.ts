/**
 * Module hooks on Node's loader thread: strip types in place (preserving lines and columns), resolve imports with or
 * without extension, provide the module `depth-lab`, and use fresh modules for each load of a file.
 */
import { readFileSync } from 'node:fs';
import type { LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { requireJson } from './jsonSyntax.ts';
import { requireModule } from './moduleSyntax.ts';
import { LOAD_QUERY } from './query.ts';
import { complete, fromConfig, isOwnModule } from './resolve.ts';
import { stripTypes } from './strip.ts';

const labModule = new URL('./lab.js', import.meta.url).href;

export const resolve: ResolveHook = async (specifier, context, next) => {
  if (specifier === 'depth-lab') return { url: labModule, shortCircuit: true };
  const importer = context.parentURL ? new URL(context.parentURL) : null;
  const load = importer?.searchParams.get(LOAD_QUERY);
  if (!importer || !load) return next(specifier, context);
  const isPath = /^(\.{1,2}|file:)?\//.test(specifier) || /^\.{1,2}$/.test(specifier);
  const found = isPath ? complete(new URL(specifier, importer)) : fromConfig(specifier, importer);
  if (found) return { url: marked(found, load), shortCircuit: true, ...attributesOf(found) };
  const resolved = await next(specifier, context);
  // Targets of `imports` in package.json and linked packages are user modules as well.
  const isOwn = resolved.url !== labModule && isOwnModule(new URL(resolved.url));
  if (!isOwn) return resolved;
  const own = new URL(resolved.url);
  return { ...resolved, url: marked(own, load), ...attributesOf(own) };
};

/** JSON may be imported with or without `with { type: 'json' }`. */
function attributesOf(url: URL): { importAttributes?: { type: 'json' } } {
  return url.pathname.endsWith('.json') ? { importAttributes: { type: 'json' } } : {};
}

/** Adds the load number, so that each load has fresh modules. */
function marked(url: URL, load: string): string {
  url.searchParams.set(LOAD_QUERY, load);
  return url.href;
}

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
