/** Lets threads that compute give way to those that draw, and predictions to training. */
import { constants, setPriority } from 'node:os';
import { BESIDE } from './protocol.ts';

/**
 * Lowers the priority of this thread (on Windows and macOS, of the process), if somebody works beside the engine: it loses
 * nothing where there are cores to spare, and where there are none, the editor does not wait for it.
 */
export function giveWay(): void {
  if (process.argv.includes(BESIDE)) setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}

/**
 * Lowers the priority of this thread below those that train. Elsewhere than on Linux a thread has no priority of its own
 * in Node, and gives way as they do.
 */
export function giveWayToTraining(): void {
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);
  else giveWay();
}
