/** Runs other programs. */
import { type SpawnOptions, spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's top folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Downloads and test output that may be kept between runs. */
export const cache = path.join(root, '.cache');

/** Runs a program to its end with its output on ours; returns the exit status. */
export function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Like {@link run}, but a failure is an error. */
export async function mustRun(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<void> {
  const status = await run(command, args, options);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with status ${status}`);
}

/** Runs a script of a package in `node_modules` with the Node that runs us. */
export const node = (script: string, ...args: string[]) =>
  mustRun(process.execPath, [path.join(root, script), ...args]);
