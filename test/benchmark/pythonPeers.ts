/** NumPy, PyTorch and JAX in a virtual environment of the benchmark's own. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { cache } from '../tools/process.ts';

const environment = path.join(cache, 'peers');
const python = path.join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** The peers by name, and the package that each needs. */
const PACKAGES = { numpy: 'numpy', torch: 'torch', 'torch-compile': 'torch', jax: 'jax' };
export type Peer = keyof typeof PACKAGES;

/** Installs what is missing. PyTorch takes about 6 GB, which is said. @returns the peers that can be used */
export function preparePeers(): { python: string; peers: Peer[] } {
  if (!existsSync(python)) attempt('python3', ['-m', 'venv', environment]);
  const has = (name: string) => attempt(python, ['-c', `import ${name}`], 'ignore');
  for (const name of new Set(Object.values(PACKAGES))) {
    if (has(name)) continue;
    console.error(`Installing ${name} in ${environment}${name === 'torch' ? ' (about 6 GB)' : ''} …`);
    attempt(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', name]);
  }
  const usable = new Set(Object.values(PACKAGES).filter(has));
  const peers = (Object.keys(PACKAGES) as Peer[]).filter((peer) => usable.has(PACKAGES[peer]));
  for (const peer of Object.keys(PACKAGES) as Peer[])
    if (!peers.includes(peer)) console.error(`${peer} is missing: Python has no ${PACKAGES[peer]}.`);
  return { python, peers };
}

/** Runs a command; false if it cannot be run or fails. */
function attempt(command: string, args: string[], errors: 'inherit' | 'ignore' = 'inherit'): boolean {
  try {
    execFileSync(command, args, { stdio: ['ignore', 'ignore', errors] });
    return true;
  } catch {
    return false;
  }
}
