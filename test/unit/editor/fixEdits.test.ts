import { expect, it } from 'vitest';
import { fixEdits } from '../../../extension/editor/fixEdits.ts';
import type { Fix } from '../../../extension/lab/fixes.ts';

function mended(text: string, at: string, fix: Fix): string | null {
  const changes = fixEdits(text, text.indexOf(at), fix);
  const sorted = changes?.toSorted((a, b) => b.from - a.from) ?? null;
  return sorted?.reduce((now, one) => now.slice(0, one.from) + one.text + now.slice(one.to), text) ?? null;
}

it.each<[string, Fix, string | null]>([
  ['f({ rat: 1 })', { type: 'rename', path: ['rat'], to: 'rate' }, 'f({ rate: 1 })'],
  ['f({ rat })', { type: 'rename', path: ['rat'], to: 'rate' }, 'f({ rate: rat })'],
  ['f({ rate: 1 })', { type: 'rename', path: ['rat'], to: 'rate' }, null],
  ['f({ rate: 1 })', { type: 'set', path: ['rate'], value: '2' }, 'f({ rate: 2 })'],
  ['f({ rate })', { type: 'set', path: ['rate'], value: '2' }, 'f({ rate: 2 })'],
  ['f({ a: "b" })', { type: 'set', path: ['a'], value: "'it\\'s'" }, 'f({ a: "it\'s" })'],
  ['f({})', { type: 'set', path: ['u² - v²'], value: '2' }, "f({ 'u² - v²': 2 })"],
])('%j %o', (text, fix, after) => {
  expect(mended(text, 'f(', fix)).toBe(after);
});

it('replaces an expression, and imports what it calls', () => {
  const text = "import { vector } from 'depth-lab';\na * b;\n";
  const fix: Fix = { type: 'replace', was: 'a * b', text: 'multiply(a, b)', imports: ['multiply'] };
  expect(mended(text, 'a * b', fix)).toBe("import { vector, multiply } from 'depth-lab';\nmultiply(a, b);\n");
});

it('replaces no other text', () => {
  expect(mended('a * c', 'a', { type: 'replace', was: 'a * b', text: 'x', imports: [] })).toBeNull();
});
