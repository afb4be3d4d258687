/** Finds processes, on Linux: those of one trial by name, those below another one, and what memory they have. */
import { readdirSync, readFileSync } from 'node:fs';

/** The environment variable that names a trial. */
export const TRIAL = 'DEPTH_LAB_TRIAL';

export interface Member {
  id: number;
  command: string;
}

/** The living processes that carry a name in their environment or command line.
 * @param name the trial's name: unlikely to stand in any other command line or environment */
export function family(name: string): Member[] {
  return readdirSync('/proc').flatMap((entry) => {
    const id = Number(entry);
    if (!Number.isInteger(id) || id === process.pid) return [];
    try {
      const command = readFileSync(`/proc/${entry}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
      // A process that has ended and waits for its parent to notice has neither.
      if (command === '') return [];
      const environment = readFileSync(`/proc/${entry}/environ`, 'latin1').split('\0');
      return command.includes(name) || environment.includes(`${TRIAL}=${name}`) ? [{ id, command }] : [];
    } catch {
      return []; // It has ended, or belongs to another user.
    }
  });
}

/** The living processes that descend from another one. */
export function processesBelow(ancestor: number): Member[] {
  const parents = new Map<number, number>();
  const commands = new Map<number, string>();
  for (const entry of readdirSync('/proc')) {
    const id = Number(entry);
    if (!Number.isInteger(id)) continue;
    try {
      const command = readFileSync(`/proc/${entry}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
      if (command === '') continue;
      commands.set(id, command);
      parents.set(id, Number(/\)\s+\S\s+(\d+)/.exec(readFileSync(`/proc/${entry}/stat`, 'latin1'))?.[1] ?? 0));
    } catch {
      // It has ended.
    }
  }
  const isBelow = (id: number): boolean => {
    const parent = parents.get(id);
    return parent !== undefined && (parent === ancestor || isBelow(parent));
  };
  return [...commands].filter(([id]) => isBelow(id)).map(([id, command]) => ({ id, command }));
}

/** Resident memory of a process in bytes; 0 if it has ended. */
export function memoryOf(id: number): number {
  try {
    const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, 'latin1'))?.[1];
    return 1024 * Number(kib ?? 0);
  } catch {
    return 0;
  }
}
