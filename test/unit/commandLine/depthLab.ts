/** Runs the built command line. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { dist } from '../engine/labFile.ts';

/** How often Ctrl+C is pressed. */
const MOST_PRESSES = 3;

export interface Output {
  status: number | null;
  stdout: string;
  stderr: string;
}

export function depthLab(
  args: string[],
  {
    cwd,
    env,
    interruptAfter,
    interruptWhen,
  }: { cwd?: string; env?: Record<string, string>; interruptAfter?: number; interruptWhen?: () => boolean } = {},
): Promise<Output> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(dist, 'cli.js'), ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text) => (stdout += text));
    child.stderr.on('data', (text) => (stderr += text));
    if (interruptAfter !== undefined) setTimeout(() => child.kill('SIGINT'), interruptAfter);
    // Impatient users press more than once; while Node takes a process down, though, a signal kills it.
    let presses = 0;
    const watch =
      interruptWhen &&
      setInterval(() => {
        if (presses < MOST_PRESSES && interruptWhen()) presses += Number(child.kill('SIGINT'));
      }, 20);
    child.on('close', () => clearInterval(watch));
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}
