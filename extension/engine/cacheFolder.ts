/** Where programs keep, for one user, what they can make again. */
import { homedir, platform } from 'node:os';
import path from 'node:path';

export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
  if (platform() === 'win32' && env.LOCALAPPDATA) return env.LOCALAPPDATA;
  return path.join(homedir(), platform() === 'darwin' ? 'Library/Caches' : '.cache');
}
