/** Finds the user's modules that a lab file imports statically, and prepares them for execution. */
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse } from 'acorn';
import { executable } from '../../evaluator/loader/executable.ts';
import { isPrepared } from '../../evaluator/loader/prepared.ts';
import { isOwnModule, resolveLocal } from '../../evaluator/loader/resolve.ts';
import type { SourceModule } from '../../evaluator/protocol.ts';
import type { SourceText } from '../../report/recalled.ts';
import type { Prepared as Modules } from './sources.ts';

/** Modules that are larger than this are left to the evaluator. */
const MOST_CHARACTERS = 2_000_000;

/** A text, its imports as written, and how it is executed; null where Node itself reads it. */
interface Prepared {
  text: string;
  specifiers: string[];
  executable: Pick<SourceModule, 'format' | 'source'> | null;
}

interface Found {
  /** Null where Node itself reads the file. */
  module: SourceModule | null;
  text: SourceText;
  /** The URLs of what it imports. */
  imports: string[];
}

export class ModuleGraph {
  /** By path. Kept from one request to the next, so that only what has changed is prepared again. */
  private readonly prepared = new Map<string, Prepared>();

  /**
   * The modules that can be prepared, the lab file first. What is missing or wrong is left out: the evaluator reads it
   * itself, and reports the error where it occurs.
   * @param unsaved texts that are read in place of what the disk has
   */
  of(file: string, unsaved: readonly SourceText[] = []): Modules {
    const instead = new Map(unsaved.map((one) => [one.file, one.text]));
    const found = new Map<string, Found>();
    const open = [pathToFileURL(file).href];
    for (let url = open.pop(); url !== undefined; url = open.pop()) {
      if (found.has(url)) continue;
      const read = this.moduleAt(new URL(url), instead);
      if (!read) continue;
      found.set(url, read);
      open.push(...read.imports);
    }
    const all = [...found.values()];
    return { modules: all.flatMap(({ module }) => module ?? []), texts: all.map(({ text }) => text) };
  }

  private moduleAt(url: URL, instead: ReadonlyMap<string, string>): Found | null {
    const path = fileURLToPath(url);
    if (!isPrepared(path) && !isOwnModule(url)) return null;
    try {
      const text = instead.get(path) ?? readSmall(path);
      if (text === null || text.length > MOST_CHARACTERS) return null;
      const { specifiers, executable: ready } = this.prepare(path, text);
      const imports = specifiers.flatMap((specifier) => {
        const target = specifier === 'depth-lab' ? null : resolveLocal(specifier, url);
        return target ? [[specifier, target.href] as const] : [];
      });
      const module = ready && { url: url.href, ...ready, imports: Object.fromEntries(imports) };
      return { module, text: { file: path, text }, imports: imports.map(([, target]) => target) };
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

/** Null for a file that is too large. */
function readSmall(path: string): string | null {
  return statSync(path).size > MOST_CHARACTERS ? null : readFileSync(path, 'utf8');
}

function read(path: string, text: string): Omit<Prepared, 'text'> {
  if (!isPrepared(path)) return { executable: null, specifiers: importsOf(text) };
  const ready = executable(path, text);
  return { executable: ready, specifiers: ready.format === 'json' ? [] : importsOf(ready.source) };
}

/** What a module imports statically, as written; nothing of a script. */
function importsOf(source: string): string[] {
  if (!/\b(import|export)\b/.test(source)) return [];
  const { body } = parse(source, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
  return body.flatMap((statement) =>
    'source' in statement && typeof statement.source?.value === 'string' ? [statement.source.value] : [],
  );
}
