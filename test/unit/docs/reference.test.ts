import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as lab from '../../../extension/lab/index.ts';

it('docs/reference.md is what the doc comments say (npm run docs)', { timeout: 120_000 }, () => {
  const out = mkdtempSync(join(tmpdir(), 'depth-lab-docs-'));
  try {
    execFileSync(process.execPath, ['node_modules/typedoc/bin/typedoc', '--out', out, '--logLevel', 'Error']);
    expect(readFileSync('docs/reference.md', 'utf8')).toBe(readFileSync(join(out, 'reference.md'), 'utf8'));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});

it('docs/reference.md has every function that lab files can import', () => {
  const headings = readFileSync('docs/reference.md', 'utf8').match(/^### \w+\(\)$/gm);
  expect(headings).toEqual(
    Object.keys(lab)
      .sort()
      .map((name) => `### ${name}()`),
  );
});
