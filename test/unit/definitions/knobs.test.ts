import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCalls, findNumbers, numberAround } from '../../../extension/definitions/index.ts';
import { optionBounds } from '../../../extension/definitions/optionBounds.ts';

function numbersOf(text: string, index = 0) {
  const from = [...text.matchAll(/experiment\('/g)][index]!.index;
  const { range } = findCalls(text).calls[index]!;
  const offset = ({ line, column }: { line: number; column: number }) =>
    text
      .split('\n')
      .slice(0, line - 1)
      .reduce((sum, one) => sum + one.length + 1, 0) +
    column -
    1;
  return findNumbers(text, { from, to: offset(range.end) });
}

const names = (text: string) => numbersOf(text).map(({ group, label, text: number }) => [group, label, number]);

describe('the numbers of an experiment', () => {
  it('are those of its options, formulas and constants, each with what it belongs to', () => {
    const text = `const start = 0.1;
const unused = 7;
experiment('A 1', {
  problem: separable({ dimension: 1_00, train: 80, sparsity: 3 }),
  parameterizations: {
    linear: linear(),
    'u² - v²': elementwise({ u: start, v: -.5 }, ({ u, v }) => 3 * u ** 2 - v),
    net: network({ widths: [4, 8] }),
  },
  optimizers: { GD: gd({ rate: 1e-3 }) },
  steps: 100,
  claims: { 'is small': ({ result }) => result.mean('GD', 'linear').test.error < 0.5 },
});`;
    expect(names(text)).toEqual([
      ['constants', 'start', '0.1'],
      ['problem', 'dimension', '1_00'],
      ['problem', 'train', '80'],
      ['problem', 'sparsity', '3'],
      ['u² - v²', 'v', '-.5'],
      ['u² - v²', '□ * u ** 2', '3'],
      ['u² - v²', 'u ** □', '2'],
      ['net', '[□, 8]', '4'],
      ['net', '[4, □]', '8'],
      ['GD', 'rate', '1e-3'],
      ['steps', 'steps', '100'],
    ]);
    for (const { from, to, text: number } of numbersOf(text)) expect(text.slice(from, to)).toBe(number);
    expect(numbersOf(text).map(({ bounds: { isWhole } }) => isWhole)).toEqual([
      ...[false, true, true, true, false, true, true, true, true, false, true],
    ]);
  });

  it('are not those of data, types, subscripts and literals that are not decimal', () => {
    const data = Array.from({ length: 9 }, (_, i) => i).join(', ');
    const text = `experiment('A', { problem: dataset({ train: { inputs: [[${data}]], labels: [1, 2] } }), x: y[3], z: 0xff, big: 5n, steps: 2 });`;
    expect(names(text).map(([, , number]) => number)).toEqual(['1', '2', '2']);
  });

  it('are not in what a run in the editor does not depend on', () => {
    const text = `experiment('A', { steps: 1, timeLimit: 60, full: { steps: 1000 }, claims: { a: () => 2 > 1 }, x: { constructor: 3 } });`;
    expect(numbersOf(text).map(({ text: number }) => number)).toEqual(['1', '3']);
  });

  it('are only those of the one that is asked for', () => {
    const text = `experiment('A', { steps: 1 });\nexperiment('B', { steps: 2 });`;
    expect(numbersOf(text, 1).map(({ text: number }) => number)).toEqual(['2']);
  });
});

describe('the number at the cursor', () => {
  it.each([
    ['gd({ rate: |0.05 })', '0.05', false],
    ['gd({ rate: 0.05| })', '0.05', false],
    ['f(|-3)', '-3', true],
    ['experiment({ steps: 10|0 })', '100', true],
  ])('%s', (text, number, isWhole) => {
    const found = numberAround(text.replace('|', ''), text.indexOf('|'));
    expect(found).toMatchObject({ text: number, bounds: { isWhole } });
  });

  it('is none where there is none', () => expect(numberAround('gd({ rate })', 6)).toBe(null));
});

it('knows every numeric option of the language, with what the language takes', () => {
  const lab = path.join(import.meta.dirname, '../../../extension/lab');
  const sources = readdirSync(lab, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const found = sources.flatMap((file) => [
    ...readFileSync(path.join(lab, file), 'utf8').matchAll(/\bread\.(count|size|positive|nonNegative|share)\('(\w+)'/g),
  ]);
  expect(found.length).toBeGreaterThan(30);
  for (const [, kind, name] of found) {
    const bounds = optionBounds[name!];
    expect(bounds, name).toBeDefined();
    expect(bounds!.isWhole, name).toBe(kind === 'count' || kind === 'size');
    if (kind === 'positive') expect(bounds!.isPositive, name).toBe(true);
  }
});
