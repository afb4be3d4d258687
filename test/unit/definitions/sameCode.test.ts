import { expect, it } from 'vitest';
import { readCode, toEnd } from '../../../extension/definitions/index.ts';

const areSameCode = (...texts: string[]) => new Set(texts.map((text) => toEnd(readCode(text)).digest)).size === 1;

it.each([
  ['comments', 'export const a = 1;', '// One.\nexport const a = /* here */ 1;'],
  ['whitespace', 'export const a = 1;', 'export const\n  a = 1 ;\n'],
])('ignores %s', (_, a, b) => expect(areSameCode(a, b)).toBe(true));

it.each([
  ['a number', 'export const a = 1;', 'export const a = 2;'],
  ['a name', 'export const a = 1;', 'export const b = 1;'],
  ['what stands in a string', "export const a = 'x  y';", "export const a = 'x y';"],
  ['what is half-typed', 'export const a = 1;', 'export const a = '],
])('sees %s', (_, a, b) => expect(areSameCode(a, b)).toBe(false));
