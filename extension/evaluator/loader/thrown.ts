/** Thrown values that are not errors have no location: finds the statement that probably threw them. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Node, parse } from 'acorn';
import type { Place } from '../../lab/errors.ts';
import { placeAt } from './syntaxError.ts';

const ENDINGS = ['', '.ts', '.mts', '.js', '.mjs'];

/**
 * The first `throw` of something other than a new error, or else the first `await`, in the file or in a file that it
 * imports; null if there is neither.
 * @param sources the user's files as they are executed, by path: those that are not as the disk has them
 */
export function thrownPlace(
  file: string,
  sources: ReadonlyMap<string, string>,
  seen = new Set<string>(),
): Place | null {
  if (seen.has(file)) return null;
  seen.add(file);
  try {
    const source = sources.get(file) ?? readFileSync(file, 'utf8');
    const program = parse(source, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
    const found = find(program, isOwnThrow) ?? find(program, ({ type }) => type === 'AwaitExpression');
    if (found) return placeAt(file, source, found.start);
    for (const statement of program.body) {
      const from = 'source' in statement ? statement.source?.value : null;
      if (typeof from !== 'string' || !from.startsWith('.')) continue;
      const paths = ENDINGS.map((ending) => resolve(dirname(file), from) + ending);
      const neighbour = paths.find((path) => sources.has(path) || existsSync(path));
      const place = neighbour && thrownPlace(neighbour, sources, seen);
      if (place) return place;
    }
    return null;
  } catch {
    return null;
  }
}

function isOwnThrow(node: Node & { argument?: Node }): boolean {
  return node.type === 'ThrowStatement' && node.argument?.type !== 'NewExpression';
}

function find(node: Node, wanted: (node: Node) => boolean): Node | null {
  if (wanted(node)) return node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      const isNode = typeof child === 'object' && child !== null && 'type' in child && 'start' in child;
      const found = isNode ? find(child, wanted) : null;
      if (found) return found;
    }
  }
  return null;
}
