/**
 * Ends the processes that user code has started. Direct children are in the process group of their evaluator, because
 * `childProcesses.ts` lets none leave it. On Linux, descendants that left the group are found by a mark in their
 * environment. On Windows the tree of processes is ended. On macOS, a grandchild that starts a session of its own
 * survives.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { MARK } from './protocol.ts';

/** Times that the marked processes are looked for: a process may start another one between two looks. */
const MOST_LOOKS = 10;

/**
 * @param leader the evaluator's process id, which is that of its group
 * @param mark the evaluator's name
 */
export function killDescendants(leader: number, mark: string): void {
  if (process.platform === 'win32') {
    try {
      execFileSync('taskkill', ['/pid', String(leader), '/T', '/F'], { stdio: 'ignore' });
    } catch {
      // It has ended.
    }
    return;
  }
  for (let look = 0; look < MOST_LOOKS; look++) {
    const others = marked(mark).filter((id) => id !== leader && id !== process.pid);
    if (others.length === 0) break;
    for (const id of others) kill(id);
  }
  kill(-leader);
}

function kill(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** The living processes with this mark; only on Linux. */
function marked(mark: string): number[] {
  if (process.platform !== 'linux') return [];
  const entry = `${MARK}=${mark}`;
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const isMarked = readFileSync(`/proc/${name}/environ`, 'latin1').split('\0').includes(entry);
      return isMarked && !isDead(name) ? [Number(name)] : [];
    } catch {
      return []; // It has ended, or belongs to another user.
    }
  });
}

/** Whether a process has ended and waits for its parent to notice. */
function isDead(id: string): boolean {
  return /\)\s+[ZX]/.test(readFileSync(`/proc/${id}/stat`, 'latin1'));
}
