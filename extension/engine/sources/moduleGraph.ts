/** Finds the user's modules that a lab file imports statically, and prepares them for execution. */
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse } from 'acorn';
import { requireJson } from '../../evaluator/loader/jsonSyntax.ts';
import { requireModule } from '../../evaluator/loader/moduleSyntax.ts';
import { complete, fromConfig } from '../../evaluator/loader/resolve.ts';
import { stripTypes } from '../../evaluator/loader/strip.ts';
import type { SourceModule } from '../../evaluator/protocol.ts';

/** Modules that are larger than this are left to the evaluator. */
const MOST_CHARACTERS = 2_000_000;

/** A prepared text, and its imports as written. */
interface Prepared {
  text: string;
  source: string;
  specifiers: string[];
}

export class ModuleGraph {
  /** By path. Kept from one request to the next, so that only what has changed is prepared again. */
  private readonly prepared = new Map<string, Prepared>();

  /**
   * The modules that can be prepared, the lab file first. What is missing or wrong is left out: the evaluator reads it
   * itself, and reports the error where it occurs.
   */
  modulesOf(file: string): SourceModule[] {
    const found = new Map<string, SourceModule>();
    const open = [pathToFileURL(file).href];
    for (let url = open.pop(); url !== undefined; url = open.pop()) {
      if (found.has(url)) continue;
      const module = this.moduleAt(new URL(url));
      if (!module) continue;
      found.set(url, module);
      open.push(...Object.values(module.imports));
    }
    return [...found.values()];
  }

  private moduleAt(url: URL): SourceModule | null {
    const path = fileURLToPath(url);
    if (!/\.(m?ts|json)$|\.lab\.m?js$/.test(path)) return null;
    try {
      if (statSync(path).size > MOST_CHARACTERS) return null;
      const { source, specifiers } = this.prepare(path, readFileSync(path, 'utf8'));
      const imports = specifiers.flatMap((specifier) => {
        const target = resolve(specifier, url);
        return target ? [[specifier, target] as const] : [];
      });
      const format = path.endsWith('.json') ? 'json' : 'module';
      return { url: url.href, format, source, imports: Object.fromEntries(imports) };
    } catch {
      return null;
    }
  }

  private prepare(path: string, text: string): Prepared {
    const known = this.prepared.get(path);
    if (known?.text === text) return known;
    const prepared = { text, ...read(path, text) };
    this.prepared.set(path, prepared);
    return prepared;
  }
}

function read(path: string, text: string): Omit<Prepared, 'text'> {
  if (path.endsWith('.json')) {
    requireJson(text, path);
    return { source: text, specifiers: [] };
  }
  const source = /\.m?ts$/.test(path) ? stripTypes(text, path) : text;
  if (source === text) requireModule(source, path);
  const { body } = parse(source, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
  const specifiers = body.flatMap((statement) =>
    'source' in statement && typeof statement.source?.value === 'string' ? [statement.source.value] : [],
  );
  return { source, specifiers };
}

/** The URL of a user module; null for a package, `depth-lab` or what does not exist. */
function resolve(specifier: string, importer: URL): string | null {
  if (specifier === 'depth-lab') return null;
  const isPath = /^(\.{1,2}|file:)?\//.test(specifier) || /^\.{1,2}$/.test(specifier);
  const found = isPath ? complete(new URL(specifier, importer)) : fromConfig(specifier, importer);
  return found?.href ?? null;
}
