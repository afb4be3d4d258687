import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/** What esbuild's metafiles name, written by the build. */
const bundled: string[] = JSON.parse(readFileSync('.cache/bundled.json', 'utf8'));
const shipped = readFileSync('dist/third-party-licences.txt', 'utf8').split(`\n\n${'-'.repeat(80)}\n\n`);

const folders = new Set(
  bundled
    .filter((file) => file.includes('node_modules/'))
    .map((file) => {
      const [, before = '', inside = ''] = /^(.*node_modules\/)(.*)$/.exec(file) ?? [];
      return (
        before +
        inside
          .split('/')
          .slice(0, inside.startsWith('@') ? 2 : 1)
          .join('/')
      );
    }),
);

it('finds the packages that are bundled', () => {
  expect(folders.size).toBeGreaterThan(20);
});

it.each([...folders])('ships the licence text of %s', (folder) => {
  const { name, version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const text = shipped.find((one) => one.startsWith(`${name} ${version}\n\n`));
  expect(text).toMatch(/copyright/i);
  // Every licence that we bundle gives a permission and refuses a warranty.
  expect(text).toMatch(/permission|permitted|license, or permit/i);
  expect(text).toMatch(/as is/i);
});

it('ships no other text', () => {
  expect(shipped).toHaveLength(folders.size);
});
