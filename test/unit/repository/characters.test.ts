import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { STARTER } from '../../../extension/editor/starter.ts';

/**
 * Characters beyond ASCII that VS Code does not take for another one. Its table of ambiguous characters has, among others,
 * the minus sign U+2212, the apostrophe U+2019, and the Greek letters α, γ, ν, ρ and σ.
 */
const UNAMBIGUOUS = new Set('²³₁₂₃ᵀθλ·±×≤←▶áé');

const readme = readFileSync('README.md', 'utf8');
const texts: [name: string, text: string][] = [
  ...['media/gallery', 'media/benchmark'].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .map((file): [string, string] => [file, readFileSync(path.join(folder, file), 'utf8')]),
  ),
  ['what New Experiment writes', STARTER],
  ['the code in README.md', [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code).join('')],
];

it.each(texts)('VS Code warns of no ambiguous character in %s', (_name, text) => {
  expect(text).not.toBe('');
  expect([...text].filter((character) => character > '\u007f' && !UNAMBIGUOUS.has(character))).toEqual([]);
});
