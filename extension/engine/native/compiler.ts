/** The C compiler of this machine, and what it has compiled: libraries in the user's cache folder, named by a hash. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import path from 'node:path';
import type { Refusal } from '../../lab/compiler/backend.ts';
import { cacheFolder } from '../cacheFolder.ts';

// Processors with vectors of 512 bits are asked to use them: by default compilers take shorter ones.
const ARCHITECTURE = arch() === 'arm64' ? '-mcpu=native' : '-march=native -mprefer-vector-width=512';

/**
 * They keep IEEE arithmetic: sums change their order only where the code says so, and NaN, infinities and signed zeros
 * count. On macOS, the linker leaves to Node itself what Node defines.
 */
const FLAGS = `-std=gnu11 -O3 ${ARCHITECTURE} -ffp-contract=off -fno-math-errno -fno-trapping-math -fopenmp-simd
  -fno-strict-aliasing -fPIC -fvisibility=hidden -shared -pthread -w
  ${platform() === 'darwin' ? '-undefined dynamic_lookup' : ''}`
  .trim()
  .split(/\s+/);

/**
 * GCC 12 loses track of what a pointer points to when it optimizes induction variables, and then takes functions for
 * ones without effect, whose calls it drops. The first flag prevents the cause, the others prevent the effect.
 */
const FLAGS_OF_GCC = ['-fno-ivopts', '-fno-ipa-modref', '-fno-ipa-pure-const'];

/** Libraries that are kept. */
const MOST_LIBRARIES = 64;

/** Milliseconds after which a compiler is given up. */
const PATIENCE = 60_000;

/** A C compiler. */
export interface Compiler {
  command: string;
  flags: readonly string[];
  /** What it and this processor are: libraries of another one are not used. */
  identity: string;
}

/** The compiler `cc`, or the one that the environment variable CC names; null without one, and on Windows. */
export function findCompiler(env: NodeJS.ProcessEnv = process.env): Compiler | null {
  if (platform() === 'win32') return null;
  const command = env.CC || 'cc';
  try {
    const version = execFileSync(command, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const flags = version.includes('clang') ? FLAGS : [...FLAGS, ...FLAGS_OF_GCC];
    return { command, flags, identity: [version.split('\n')[0], processor(), ...flags].join(' ') };
  } catch {
    return null;
  }
}

/** What the processor can do: home folders are shared by machines whose processors have one name. */
function processor(): string {
  try {
    return readFileSync('/proc/cpuinfo', 'utf8').match(/^(?:flags|Features)\s*:.*$/m)?.[0] ?? '';
  } catch {
    return cpus()[0]?.model ?? '';
  }
}

let known: Compiler | null | undefined;

/** The compiler of this machine, which is looked for once in each thread. */
export function compilerOfThisMachine(): Compiler | null {
  if (known === undefined) known = findCompiler();
  return known;
}

/**
 * Compiles a program, unless that was done before.
 * @returns the path of the library, or why there is none
 */
export function compileLibrary(compiler: Compiler, source: string, folder = libraryFolder()): string | Refusal {
  const hash = createHash('sha256').update(compiler.identity).update('\0').update(source).digest('hex').slice(0, 32);
  const library = path.join(folder, `${hash}.node`);
  try {
    // Only this user may put there what this process is going to execute.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(folder);
    if (uid !== process.getuid?.() || (mode & 0o022) !== 0) return { refusal: `others may write to ${folder}` };
    if (!isThere(library)) compileInto(library, compiler, source, folder);
  } catch (error) {
    return { refusal: `the C compiler failed: ${firstError(error)}` };
  }
  return library;
}

function libraryFolder(): string {
  return path.join(cacheFolder(), 'depth-lab', 'native');
}

/** Whether a library is there; then it counts as used. */
function isThere(library: string): boolean {
  try {
    const now = new Date();
    utimesSync(library, now, now);
    return true;
  } catch {
    return false;
  }
}

/** In a folder of its own and renamed at the end, for other threads and processes compile at the same time. */
function compileInto(library: string, { command, flags }: Compiler, source: string, folder: string): void {
  const own = mkdtempSync(path.join(folder, 'compiling-'));
  try {
    const [from, to] = [path.join(own, 'program.c'), path.join(own, 'program.node')];
    writeFileSync(from, source);
    execFileSync(command, [...flags, from, '-o', to, '-lm'], {
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: PATIENCE,
    });
    renameSync(to, library);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
  removeOldest(folder);
}

function removeOldest(folder: string): void {
  const libraries = readdirSync(folder)
    .filter((name) => name.endsWith('.node'))
    .map((name) => path.join(folder, name))
    .map((file) => ({ file, used: statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .toSorted((a, b) => b.used - a.used);
  const old = new Set(libraries.slice(MOST_LIBRARIES).map(({ file }) => path.basename(file)));
  // With what is noted beside them.
  for (const name of old.size > 0 ? readdirSync(folder) : []) {
    if (old.has(`${name.split('.')[0]}.node`)) rmSync(path.join(folder, name), { force: true });
  }
}

function firstError(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  const lines = (stderr || message).split('\n');
  return (lines.find((line) => /error/i.test(line)) ?? lines[0] ?? '').trim();
}
