/** Lets threads that compute give way to those that draw. */
import { constants, setPriority } from 'node:os';
import { BESIDE } from './protocol.ts';

/**
 * Lowers the priority of this thread (on Windows and macOS, of the process), if somebody works beside the engine: it loses
 * nothing where there are cores to spare, and where there are none, the editor does not wait for it.
 */
export function giveWay(): void {
  if (process.argv.includes(BESIDE)) setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}
