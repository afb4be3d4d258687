/** The cost of work on this machine, measured once and stored in the user's cache folder. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { cacheFolder } from '../../cacheFolder.ts';

const RatesSchema = v.object({
  /** Seconds of overhead per call of a plan, excluding its kernels; for the CPU, per call. */
  call: v.pipe(v.number(), v.minValue(0)),
  /** Minimum seconds per kernel launch. */
  launch: v.pipe(v.number(), v.minValue(0)),
  /** Floating-point operations per second; for the CPU, of one thread. */
  flops: v.pipe(v.number(), v.gtValue(0)),
  /** Memory traffic in numbers per second; for the CPU, of one thread. */
  words: v.pipe(v.number(), v.gtValue(0)),
});

/** A roofline model of a machine: the seconds of one kernel are launch + max(flops / rate, words / rate). */
export type Rates = v.InferOutput<typeof RatesSchema>;

/** Version of the table's format; tables of other versions are ignored. */
export const VERSION = 2;

const CostTableSchema = v.object({
  version: v.literal(VERSION),
  /** The CPU, with its number of threads. */
  machine: v.string(),
  cpu: RatesSchema,
  /** Null if there is no GPU; `reason` says why. */
  gpu: v.nullable(v.object({ name: v.string(), isSoftware: v.boolean(), rates: RatesSchema })),
  /** Why there is no GPU; null if there is one. */
  reason: v.nullable(v.string()),
});

export type CostTable = v.InferOutput<typeof CostTableSchema>;

/** Identifies the properties of this machine that determine costs. */
export function machineName(): string {
  return `${cpus()[0]?.model.trim() || 'CPU'} · ${availableParallelism()} threads · ${platform()} ${arch()}`;
}

/** The path of this machine's table. Each machine has its own file, because home folders may be shared. */
export function tableFile(env: NodeJS.ProcessEnv = process.env): string {
  const slug = machineName()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return path.join(cacheFolder(env), 'depth-lab', `costs-${slug}.json`);
}

/** The table of this machine; null if it is missing or unreadable. */
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
