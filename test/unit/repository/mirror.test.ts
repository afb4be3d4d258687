import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const unit = path.join(import.meta.dirname, '..');
const repository = path.join(unit, '../..');

/** Folders of tests that belong to no single source. */
const crossCutting = ['commandLine', 'docs', 'properties', 'repository'];

/** Where the source of `x/y.test.ts` may be. */
function sourcesOf(test: string): string[] {
  const source = test.replace(/\.test\.ts$/, '.ts');
  return [`extension/${source}`, source.startsWith('webview/') ? source : `test/${source}`];
}

const isMisplaced = (test: string) =>
  !crossCutting.includes(test.split('/')[0] ?? '') &&
  !sourcesOf(test).some((source) => existsSync(path.join(repository, source)));

it('knows a test without a source at the mirrored path', () => {
  expect(['lab/options.test.ts', 'lab/noSuchSource.test.ts', 'format.test.ts'].filter(isMisplaced)).toEqual([
    'lab/noSuchSource.test.ts',
    'format.test.ts',
  ]);
});

it('finds the source of every test at the mirrored path', () => {
  const tests = readdirSync(unit, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => file.endsWith('.test.ts'));
  expect(tests.length).toBeGreaterThan(100);
  expect(tests.filter(isMisplaced)).toEqual([]);
});
