import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { depthLab } from './depthLab.ts';

const gallery = fileURLToPath(new URL('../../../media/gallery/', import.meta.url));
const files = readdirSync(gallery).filter((name) => name.endsWith('.lab.ts'));

// Each takes a few seconds of both cores; other test files use them, too.
describe('the gallery', { timeout: 120_000 }, () => {
  it('has at least ten findings', () => {
    expect(files.length).toBeGreaterThanOrEqual(10);
  });

  it.each(files)('%s: at least three claims, and they hold', async (file) => {
    const { status, stdout, stderr } = await depthLab(['check', path.join(gallery, file), '--json']);
    expect(status, `${stdout}${stderr}`).toBe(0);
    const claims = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; holds?: boolean })
      .filter(({ kind }) => kind === 'claim');
    expect(claims.length).toBeGreaterThanOrEqual(3);
    expect(claims.every(({ holds }) => holds)).toBe(true);
  });

  it.each(files)('%s: says what it shows, what to change, and where it is from', (file) => {
    const [, head] = /^\/\*\*\n(.*?)\*\//s.exec(readFileSync(path.join(gallery, file), 'utf8')) ?? [];
    expect(head).toMatch(/\(\d{4}\)/);
    expect(head!.split('\n *\n').length).toBeGreaterThanOrEqual(3);
  });
});
