import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileLibrary, findCompiler } from '../../../../extension/engine/native/compiler.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-compiler-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const compiler = findCompiler();

it('finds no compiler where there is none', () => {
  expect(findCompiler({ CC: path.join(folder, 'no-such-compiler') })).toBeNull();
});

describe.skipIf(compiler === null)('with a compiler (skipped where there is none)', () => {
  it('compiles a source once, and again for another compiler', () => {
    const first = compileLibrary(compiler!, 'int one = 1;', folder) as string;
    const made = statSync(first).ino;
    expect(compileLibrary(compiler!, 'int one = 1;', folder)).toBe(first);
    expect(statSync(first).ino).toBe(made);
    expect(compileLibrary({ ...compiler!, identity: 'another' }, 'int one = 1;', folder)).not.toBe(first);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('says what the compiler says, and leaves nothing behind', () => {
    const answer = compileLibrary(compiler!, 'int one = ;', folder);
    expect(answer).toEqual({ refusal: expect.stringMatching(/the C compiler failed: .*error.*expected/) });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(platform() === 'win32')('executes nothing from a folder that others may write to', () => {
    chmodSync(folder, 0o777);
    expect(compileLibrary(compiler!, 'int one = 1;', folder)).toEqual({
      refusal: `others may write to ${folder}`,
    });
  });

  it('removes what was used longest ago, with its notes', () => {
    for (let i = 0; i < 70; i++) {
      writeFileSync(path.join(folder, `old${i}.node`), '');
      writeFileSync(path.join(folder, `old${i}.node.1.verified`), '');
    }
    const library = compileLibrary(compiler!, 'int two = 2;', folder) as string;
    const left = readdirSync(folder);
    expect(left.filter((name) => name.endsWith('.node'))).toHaveLength(64);
    expect(left.filter((name) => name.endsWith('.verified'))).toHaveLength(63);
    expect(left).toContain(path.basename(library));
  });
});
