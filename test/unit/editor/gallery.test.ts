import { readdirSync, readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

vi.mock('vscode', () => ({}));
const { headOf } = await import('../../../extension/editor/gallery.ts');

it('offers each file of the gallery by the first sentence of its comment', () => {
  expect(headOf('/**\n * One path.\n *\n * Under NGD\n * alone.\n *\n * More.\n */\nimport …')).toEqual({
    title: 'One path',
    about: 'Under NGD alone.',
  });
  expect(headOf('import …')).toEqual({ title: '', about: '' });
  const files = readdirSync('media/gallery').filter((name) => name.endsWith('.lab.ts'));
  const heads = files.map((name) => headOf(readFileSync(`media/gallery/${name}`, 'utf8')));
  for (const { title, about } of heads) {
    expect(title.length).toBeGreaterThan(10);
    expect(title.length).toBeLessThan(120);
    expect(about).not.toBe('');
  }
  expect(new Set(heads.map(({ title }) => title)).size).toBe(files.length);
});
