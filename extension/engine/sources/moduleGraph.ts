/** Finds the user's modules that a lab file imports statically, and prepares them for execution. */
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse } from 'acorn';
import { executable, isPrepared } from '../../evaluator/loader/executable.ts';
import { resolveLocal } from '../../evaluator/loader/resolve.ts';
import type { SourceModule } from '../../evaluator/protocol.ts';
import type { SourceText } from '../../report/recalled.ts';
import type { Prepared as Modules } from './sources.ts';

/** Modules that are larger than this are left to the evaluator. */
const MOST_CHARACTERS = 2_000_000;

/** A prepared text, and its imports as written. */
interface Prepared extends Pick<SourceModule, 'format' | 'source'> {
  text: string;
  specifiers: string[];
}

export class ModuleGraph {
  /** By path. Kept from one request to the next, so that only what has changed is prepared again. */
  private readonly prepared = new Map<string, Prepared>();

  /**
   * The modules that can be prepared, the lab file first. What is missing or wrong is left out: the evaluator reads it
   * itself, and reports the error where it occurs.
   */
  of(file: string): Modules {
    const found = new Map<string, SourceModule>();
    const texts: SourceText[] = [];
    const open = [pathToFileURL(file).href];
    for (let url = open.pop(); url !== undefined; url = open.pop()) {
      if (found.has(url)) continue;
      const read = this.moduleAt(new URL(url));
      if (!read) continue;
      const { module, text } = read;
      found.set(url, module);
      texts.push(text);
      open.push(...Object.values(module.imports));
    }
    return { modules: [...found.values()], texts };
  }

  private moduleAt(url: URL): { module: SourceModule; text: SourceText } | null {
    const path = fileURLToPath(url);
    if (!isPrepared(path)) return null;
    try {
      if (statSync(path).size > MOST_CHARACTERS) return null;
      const text = readFileSync(path, 'utf8');
      const { format, source, specifiers } = this.prepare(path, text);
      const imports = specifiers.flatMap((specifier) => {
        const target = specifier === 'depth-lab' ? null : resolveLocal(specifier, url);
        return target ? [[specifier, target.href] as const] : [];
      });
      const module: SourceModule = { url: url.href, format, source, imports: Object.fromEntries(imports) };
      return { module, text: { file: path, text } };
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
  const { format, source } = executable(path, text);
  return { format, source, specifiers: format === 'json' ? [] : importsOf(source) };
}

/** What a module imports statically, as written. */
function importsOf(source: string): string[] {
  const { body } = parse(source, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
  return body.flatMap((statement) =>
    'source' in statement && typeof statement.source?.value === 'string' ? [statement.source.value] : [],
  );
}
