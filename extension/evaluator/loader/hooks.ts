/**
 * Module hooks on Node's loader thread: they resolve imports with or without extension, provide the module `depth-lab`,
 * and hand over user modules whose types are stripped in place (preserving lines and columns). The engine sends the
 * modules that it finds by static imports; the others are read here, unless the editor has unsaved changes of them.
 */
import { readFileSync } from 'node:fs';
import type { InitializeHook, LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { SourceText } from '../../report/recalled.ts';
import type { SourceModule } from '../protocol.ts';
import { isPrepared } from './prepared.ts';
import { LOAD_QUERY } from './query.ts';
import { isOwnModule, resolveLocal } from './resolve.ts';

const labModule = new URL('./lab.js', import.meta.url).href;

/** What the engine sends before a file is loaded. */
export interface SentSources {
  modules: readonly SourceModule[];
  unsaved: readonly SourceText[];
}

/** What {@link marked} adds. */
const MARK = new RegExp(`[?&]${LOAD_QUERY}=1$`);

/** The modules that the engine sent, by URL. */
const sent = new Map<string, SourceModule>();
/** Texts in place of what the disk has, by path. */
const unsaved = new Map<string, string>();
let inbox: MessagePort | null = null;

export const initialize: InitializeHook<MessagePort> = (port) => {
  inbox = port;
};

/** The module that the engine sent for a URL. What was sent before the import is in the inbox when it is resolved. */
function sentModule(url: string): SourceModule | undefined {
  for (let received = inbox && receiveMessageOnPort(inbox); received; received = receiveMessageOnPort(inbox!)) {
    const sources = received.message as SentSources;
    for (const module of sources.modules) sent.set(module.url, module);
    for (const { file, text } of sources.unsaved) unsaved.set(file, text);
  }
  return sent.get(url.replace(MARK, ''));
}

export const resolve: ResolveHook = async (specifier, context, next) => {
  if (specifier === 'depth-lab') return { url: labModule, shortCircuit: true };
  const importer = context.parentURL ? new URL(context.parentURL) : null;
  if (!importer?.searchParams.has(LOAD_QUERY)) return next(specifier, context);
  const known = sentModule(importer.href)?.imports[specifier];
  if (known !== undefined) {
    const url = new URL(known);
    return { url: marked(url), shortCircuit: true, ...attributesOf(url) };
  }
  const found = resolveLocal(specifier, importer);
  if (found) return { url: marked(found), shortCircuit: true, ...attributesOf(found) };
  const resolved = await next(specifier, context);
  // Targets of `imports` in package.json and linked packages are user modules as well.
  const isOwn = resolved.url !== labModule && isOwnModule(new URL(resolved.url));
  if (!isOwn) return resolved;
  const own = new URL(resolved.url);
  return { ...resolved, url: marked(own), ...attributesOf(own) };
};

/** JSON may be imported with or without `with { type: 'json' }`. */
function attributesOf(url: URL): { importAttributes?: { type: 'json' } } {
  return url.pathname.endsWith('.json') ? { importAttributes: { type: 'json' } } : {};
}

/** Marks a user module. */
function marked(url: URL): string {
  url.searchParams.set(LOAD_QUERY, '1');
  return url.href;
}

export const load: LoadHook = async (url, context, next) => {
  const parsed = new URL(url);
  if (parsed.protocol !== 'file:' || !parsed.searchParams.has(LOAD_QUERY)) return next(url, context);
  const ready = sentModule(url);
  if (ready) return { format: ready.format, source: ready.source, shortCircuit: true };
  const file = fileURLToPath(parsed);
  const text = unsaved.get(file);
  // The parsers take time to load, and what the engine sent needs none.
  if (isPrepared(file)) {
    const { executable } = await import('./executable.ts');
    return { ...executable(file, text ?? readFileSync(file, 'utf8')), shortCircuit: true };
  }
  const found = await next(url, context);
  const loaded = text === undefined ? found : { ...found, source: text };
  if (loaded.format === 'module' && loaded.source) {
    const { requireModule } = await import('./moduleSyntax.ts');
    requireModule(textOf(loaded.source), file);
  }
  return loaded;
};

function textOf(source: NonNullable<Awaited<ReturnType<LoadHook>>['source']>): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source);
}
