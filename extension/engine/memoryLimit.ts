/** Limits the memory of a child process before it starts. */
import { totalmem } from 'node:os';

/**
 * Options of `fork` or `spawn` for a Node process. On Linux, a shell limits the process's data segment to half of the
 * machine's memory, unless it is limited further already; elsewhere there is no such limit.
 */
export function withMemoryLimit(): { execPath: string; execArgv: string[] } {
  if (process.platform !== 'linux') return { execPath: process.execPath, execArgv: [] };
  const kibibytes = Math.floor(totalmem() / 2 / 1024);
  const script = `ulimit -d ${kibibytes} 2>/dev/null; exec "$0" "$@"`;
  return { execPath: '/bin/sh', execArgv: ['-c', script, process.execPath] };
}
