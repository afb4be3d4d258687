/** What work costs on this machine: measured once, and kept in a file of the user's cache folder. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, homedir, platform } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';

const RatesSchema = v.object({
  /** Seconds from the call of a plan to its results, beside what its kernels take; of the CPU, of a call. */
  call: v.pipe(v.number(), v.minValue(0)),
  /** Seconds that a kernel takes however little it does. */
  launch: v.pipe(v.number(), v.minValue(0)),
  /** Operations a second: of the CPU, of one thread. */
  flops: v.pipe(v.number(), v.gtValue(0)),
  /** Numbers a second to or from memory: of the CPU, of one thread. */
  words: v.pipe(v.number(), v.gtValue(0)),
});

/** The small model of a machine: seconds of one kernel are launch + max(flops / rate, words / rate). */
export type Rates = v.InferOutput<typeof RatesSchema>;

/** Of the table's form: one of another is not read. */
export const VERSION = 2;

const CostTableSchema = v.object({
  version: v.literal(VERSION),
  /** The CPU, with its number of threads. */
  machine: v.string(),
  cpu: RatesSchema,
  /** Null where there is no GPU, with the reason why. */
  gpu: v.nullable(v.object({ name: v.string(), isSoftware: v.boolean(), rates: RatesSchema })),
  /** Why there is no GPU; null where there is one. */
  reason: v.nullable(v.string()),
});

export type CostTable = v.InferOutput<typeof CostTableSchema>;

/** This machine, as far as costs depend on it. */
export function machineName(): string {
  return `${cpus()[0]?.model.trim() || 'CPU'} · ${availableParallelism()} threads · ${platform()} ${arch()}`;
}

/** Where this machine's table lies: homes are shared among machines, so that each has a file of its own. */
export function tableFile(env: NodeJS.ProcessEnv = process.env): string {
  const slug = machineName()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return path.join(cacheFolder(env), 'depth-lab', `costs-${slug}.json`);
}

function cacheFolder(env: NodeJS.ProcessEnv): string {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
  if (platform() === 'win32' && env.LOCALAPPDATA) return env.LOCALAPPDATA;
  return path.join(homedir(), platform() === 'darwin' ? 'Library/Caches' : '.cache');
}

/** The table of this machine; null where there is none, or none that can be read. */
export function readTable(file = tableFile()): CostTable | null {
  try {
    const table = v.parse(CostTableSchema, JSON.parse(readFileSync(file, 'utf8')));
    return table.machine === machineName() ? table : null;
  } catch {
    return null;
  }
}

export function writeTable(table: CostTable, file = tableFile()): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(table, null, 2)}\n`);
}
