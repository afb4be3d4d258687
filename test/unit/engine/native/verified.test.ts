import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { verified } from '../../../../extension/engine/native/verified.ts';
import type { CpuExecutable } from '../../../../extension/lab/compiler/backend.ts';
import { compileForCpu, javascript } from '../../../../extension/lab/compiler/backends.ts';
import { GraphBuilder } from '../../../../extension/lab/compiler/builder.ts';
import { lower } from '../../../../extension/lab/compiler/lower/lower.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-verified-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const g = new GraphBuilder();
const x = g.state('x', [2]);
const doubled = g.add(x, x);
const program = lower(
  g.graph,
  [x],
  [{ name: 'run', outputs: [doubled], assignments: [{ state: x, value: g.add(doubled, g.scalar(1)) }] }],
);

/** What a compiler makes of the program, which spoils one of its passes. */
function compiled(spoiledPass: number): CpuExecutable {
  const { executable } = compileForCpu(program, [javascript]);
  let passes = 0;
  const run = (times: number) => {
    for (let t = 0; t < times; t++) {
      executable.entries.run!(1);
      if (++passes === spoiledPass) executable.memory[0] = 77;
    }
  };
  return { memory: executable.memory, entries: { ...executable.entries, run } };
}

/** The program with an error in its first state. */
function compiledWith(error: number): CpuExecutable {
  const { executable } = compileForCpu(program, [javascript]);
  const run = (times: number) => {
    executable.entries.run!(times);
    executable.memory[0]! += error;
  };
  return { memory: executable.memory, entries: { ...executable.entries, run } };
}

it('lets a right library do all passes', () => {
  const library = verified(program, compiled(Number.NaN), path.join(folder, 'a.node'));
  library.memory.set([1, 2]);
  library.entries.run!(3);
  expect([...library.memory.subarray(0, 2)]).toEqual([15, 23]);
});

it('refuses a library whose first pass is wrong', () => {
  const library = verified(program, compiled(1), path.join(folder, 'a.node'));
  library.memory.set([1, 2]);
  expect(() => library.entries.run!(3)).toThrow(/computes other numbers than WebAssembly/);
  expect(readdirSync(folder)).toEqual([]);
});

it('makes the pass a second time only once, also in another process', () => {
  const file = path.join(folder, 'a.node');
  const names = Object.keys(compiled(0).entries);
  verified(program, compiled(Number.NaN), file).entries.run!(1);
  expect(readdirSync(folder)).toEqual([`a.node.${names.indexOf('run')}.verified`]);
  const again = verified(program, compiled(1), file);
  expect(() => again.entries.run!(1)).not.toThrow();
});

it('takes for right what rounding alone explains, as in an ill-conditioned system', () => {
  const other = { ...javascript, compile: () => compiledWith(1e-3) };
  const library = verified(program, compiledWith(2e-3), path.join(folder, 'a.node'), [javascript, other]);
  library.memory.set([1, 2]);
  expect(() => library.entries.run!(1)).not.toThrow();
  const exact = { ...javascript, compile: () => compiledWith(1e-9) };
  const wrong = verified(program, compiledWith(2e-3), path.join(folder, 'b.node'), [javascript, exact]);
  wrong.memory.set([1, 2]);
  expect(() => wrong.entries.run!(1)).toThrow(/other numbers/);
});

it('decides nothing where it depends on rounding whether there is a number', () => {
  const library = verified(program, compiledWith(Number.NaN), path.join(folder, 'a.node'));
  library.memory.set([1, 2]);
  expect(() => library.entries.run!(1)).not.toThrow();
  expect(readdirSync(folder)).toEqual([]);
});
