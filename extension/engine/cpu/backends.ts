/** The CPU back ends of a thread that trains, with the helpers that share its long kernels. */
import { availableParallelism } from 'node:os';
import type { CpuBackend } from '../../lab/compiler/backend.ts';
import { cpuBackends, javascript, sharedWebAssembly } from '../../lab/compiler/backends.ts';
import { threadsOfThisRun } from '../native/threads.ts';
import { HelperTeam } from './team.ts';

/** Threads at most that share a run: each has memory of its own. */
const MOST_THREADS = 16;

/**
 * @param helper the script of the threads that help this one
 * @returns the back ends, the preferred one first, and the helpers; null on a machine of one core
 */
export function backendsWithHelpers(helper: URL): { backends: readonly CpuBackend[]; team: HelperTeam | null } {
  const most = Math.min(MOST_THREADS, availableParallelism());
  if (most < 2) return { backends: cpuBackends, team: null };
  const team = new HelperTeam(helper, most, threadsOfThisRun);
  return { backends: [sharedWebAssembly(team), javascript], team };
}
