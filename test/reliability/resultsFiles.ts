/** The runs in JSON lines, as the command line prints and writes them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The runs in a text, each by what identifies it; the last line may be cut off. */
export function runsOf(text: string): Set<string> {
  const lines = text.split('\n');
  lines.pop();
  return new Set(
    lines.flatMap((line) => {
      const { parameterization, optimizer, seed } = JSON.parse(line) as Record<string, unknown>;
      return seed === undefined ? [] : [JSON.stringify([parameterization, optimizer, seed])];
    }),
  );
}

/** The runs in all files of a folder. */
export function runsIn(folder: string): Set<string> {
  if (!existsSync(folder)) return new Set();
  const texts = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
  return new Set(texts.flatMap((text) => [...runsOf(text)]));
}
