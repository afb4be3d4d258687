/** Thrown values that are not errors have no location: finds the statement that probably threw them. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Node, parse } from 'acorn';
import type { Place } from '../../lab/errors.ts';
import { stripTypes } from './strip.ts';
import { placeAt } from './syntaxError.ts';

/**
 * The first `throw` of something other than a new error, or else the first `await`, in the file or in a file that it
 * imports; null if there is neither.
 */
export function thrownPlace(file: string, seen = new Set<string>()): Place | null {
  if (seen.has(file)) return null;
  seen.add(file);
  try {
    const text = readFileSync(file, 'utf8');
    const source = /\.m?ts$/.test(file) ? stripTypes(text, file) : text;
    const program = parse(source, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
    const found = find(program, isOwnThrow) ?? find(program, ({ type }) => type === 'AwaitExpression');
    if (found) return placeAt(file, source, found.start);
    for (const statement of program.body) {
      const from = 'source' in statement ? statement.source?.value : null;
      const neighbour = typeof from === 'string' && from.startsWith('.') ? fileOf(resolve(dirname(file), from)) : null;
      const place = neighbour && thrownPlace(neighbour, seen);
      if (place) return place;
    }
    return null;
  } catch {
    return null;
  }
}

function fileOf(path: string): string | null {
  return ['', '.ts', '.mts', '.js', '.mjs'].map((ending) => path + ending).find((name) => existsSync(name)) ?? null;
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
