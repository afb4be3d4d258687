import { expect, it, vi } from 'vitest';
import { fakeVscode } from './fakeVscode.ts';

vi.mock('vscode', () => fakeVscode());
const { printedText } = await import('../../../extension/editor/prints.ts');

it.each([
  ['0.05', 1, '0.05'],
  ['0.05', 12, '0.05 (12 times)'],
  ['[\n  1\n]', 1, '[…'],
  ['x'.repeat(100), 1, `${'x'.repeat(80)}…`],
])('is one short line', (last, count, text) => expect(printedText(last, count)).toBe(text));
