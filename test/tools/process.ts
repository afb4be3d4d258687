/** Runs other programs. */
import { type StdioOptions, spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's top folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Downloads and test output that may be kept between runs. */
export const cache = path.join(root, '.cache');

/** `quiet`: the program's output is shown only when it fails. */
export type Output = 'shown' | 'quiet';

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  shell?: boolean;
  output?: Output;
}

/** Runs a program to its end; returns its exit status. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  const { output = 'shown', ...others } = options;
  return new Promise((resolve, reject) => {
    const stdio: StdioOptions = output === 'shown' ? 'inherit' : ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd: root, ...others, stdio });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (log += chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) process.stderr.write(log);
      resolve(code ?? 1);
    });
  });
}

/** Like {@link run}, but a failure is an error. */
export async function mustRun(command: string, args: readonly string[], options: RunOptions = {}): Promise<void> {
  const status = await run(command, args, options);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with status ${status}`);
}
