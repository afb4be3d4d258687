// Makes the types of `depth-lab` one file, which takes longer than all the rest of a build.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';

const generator = 'node_modules/dts-bundle-generator/dist/bin/dts-bundle-generator.js';
const options = ['--silent', '--no-check', '--project', 'tsconfig/numerics.json'];

const below = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => path.join(folder, name))
    .filter((file) => /\.(ts|json)$/.test(file))
    .sort();

/** Writes the file; what was made of the same sources before is taken from `.cache`. */
export function writeDeclarations(to) {
  const hash = createHash('sha256').update(JSON.stringify(options));
  for (const file of [...below('extension/lab'), ...below('tsconfig'), 'tsconfig.json', 'package-lock.json'])
    if (existsSync(file)) hash.update(`\0${file}\0`).update(readFileSync(file));
  const known = `.cache/declarations/${hash.digest('hex').slice(0, 32)}.d.ts`;
  if (!existsSync(known)) {
    mkdirSync(path.dirname(known), { recursive: true });
    const made = [...options, '-o', `${known}.${process.pid}`, 'extension/lab/index.ts'];
    execFileSync(process.execPath, [generator, ...made], { stdio: ['ignore', 'ignore', 'inherit'] });
    renameSync(`${known}.${process.pid}`, known);
  }
  copyFileSync(known, to);
}
