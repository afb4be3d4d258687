/** Keeps the children of user code within reach, so that they end with their evaluator. */
import childProcess, { ChildProcess } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { MARK } from './protocol.ts';

interface SpawnOptions {
  detached?: boolean;
  env?: NodeJS.ProcessEnv;
  /** `NAME=value`, as Node passes the environment on internally. */
  envPairs?: string[];
}

/**
 * Wraps `node:child_process`: no child is detached, and each carries the mark.
 * @param onSpawn called before a child starts
 */
export function keepChildren(mark: string, onSpawn: () => void): void {
  const { prototype } = ChildProcess as unknown as { prototype: { spawn(options: SpawnOptions): unknown } };
  const { spawn } = prototype;
  // All asynchronous functions of the module end here.
  prototype.spawn = function (this: unknown, options: SpawnOptions) {
    onSpawn();
    const { envPairs = [] } = options;
    const others = envPairs.filter((pair) => !pair.startsWith(`${MARK}=`));
    return Reflect.apply(spawn, this, [{ ...options, detached: false, envPairs: [...others, `${MARK}=${mark}`] }]);
  };
  const module = childProcess as unknown as Record<string, (...parameters: unknown[]) => unknown>;
  for (const name of ['spawnSync', 'execFileSync', 'execSync']) {
    const original = module[name]!;
    module[name] = (...parameters: unknown[]) => {
      onSpawn();
      const at = parameters.findLastIndex(
        (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      );
      const options = (at < 0 ? {} : parameters[at]) as SpawnOptions;
      const kept = { ...options, detached: false, env: { ...(options.env ?? process.env), [MARK]: mark } };
      return Reflect.apply(original, childProcess, at < 0 ? [...parameters, kept] : parameters.with(at, kept));
    };
  }
  syncBuiltinESMExports();
}
