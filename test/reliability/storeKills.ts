/**
 * Kills a process that writes into a store, or one that prunes it meanwhile, at a random moment: what was acknowledged
 * must be there afterwards, as it was.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'esbuild';
import fc from 'fast-check';
import { Store } from '../../extension/store/store.ts';
import { verify } from '../../extension/store/verify.ts';
import { root } from '../tools/process.ts';
import { KEPT, key, payload } from './storeRecords.ts';

export interface StoreTrial {
  victim: 'writer' | 'pruner' | 'both';
  /** Milliseconds from the first record that is acknowledged. */
  after: number;
}

export interface StoreOutcome {
  trial: StoreTrial;
  /** Records that were acknowledged. */
  acknowledged: number;
  /** Of these, those that are not there. */
  lost: number;
  /** Records that are not what was put. */
  wrong: number;
  /** What the store or a process said. */
  problems: string[];
}

/** Numbers of each of the two writers begin here. */
const FIRSTS = [0, 1e6];

export function storeTrials(count: number, seed: number): StoreTrial[] {
  const trial = fc.record({
    victim: fc.constantFrom('writer', 'pruner', 'both'),
    after: fc.integer({ min: 0, max: 400 }),
  });
  return fc.sample(fc.noBias(trial), { numRuns: count, seed }) as StoreTrial[];
}

/** The program of the processes, in one file: they start fast. */
export async function bundleStoreChild(folder: string): Promise<string> {
  const outfile = path.join(folder, 'storeChild.mjs');
  const entry = path.join(root, 'test/reliability/storeChild.ts');
  await build({ entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20' });
  return outfile;
}

export async function killStore(program: string, trial: StoreTrial): Promise<StoreOutcome> {
  const place = mkdtempSync(path.join(tmpdir(), 'depth-lab-store-'));
  const folder = path.join(place, 'store');
  const problems: string[] = [];
  const [writer, other] = FIRSTS.map((first) => new Child(program, ['writes', folder, String(first)], problems));
  const pruner = new Child(program, ['prunes', folder], problems);
  try {
    await Promise.all([writer!.spoke, other!.spoke, pruner.spoke]);
    await delay(trial.after);
    const victims = { writer: [writer!], pruner: [pruner], both: [writer!, pruner] }[trial.victim];
    await Promise.all(victims.map((child) => child.kill()));
    // The others go on with what is left.
    await delay(50);
    await Promise.all([writer!, other!, pruner].map((child) => child.kill()));
    return { trial, ...inspect(folder, [writer!.last, other!.last], problems), problems };
  } finally {
    await Promise.all([writer!, other!, pruner].map((child) => child.kill()));
    rmSync(place, { recursive: true, force: true });
  }
}

/** Counts what is missing and what is not as it was put. */
function inspect(folder: string, lasts: number[], problems: string[]) {
  const store = Store.open(folder);
  let [acknowledged, lost, wrong] = [0, 0, 0];
  for (const [i, last] of lasts.entries()) {
    for (let number = FIRSTS[i]!; number <= last; number++) {
      const found = store.get(KEPT, key(number));
      acknowledged++;
      if (!found) lost++;
      else if (Buffer.compare(found, payload(number)) !== 0) wrong++;
    }
  }
  for (const { kind, key: name } of store.entries()) {
    const found = store.get(kind, name);
    if (found && Buffer.compare(found, payload(Number.parseInt(name, 16))) !== 0) wrong++;
  }
  if (store.problem) problems.push(store.problem);
  store.close();
  const { bad } = verify(folder);
  if (bad.length > 0) problems.push(`damaged: ${JSON.stringify(bad)}`);
  return { acknowledged, lost, wrong };
}

/** A process that prints a line whenever something is done. */
class Child {
  private readonly process: ChildProcess;
  private printed = '';
  private readonly ended: Promise<void>;
  /** When the first line has come, or the process has ended. */
  readonly spoke: Promise<void>;

  constructor(program: string, args: string[], problems: string[]) {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = child;
    this.ended = new Promise((resolve) => child.once('close', () => resolve()));
    this.spoke = new Promise((resolve) => {
      child.stdout.on('data', (text: Buffer) => {
        this.printed += text.toString();
        resolve();
      });
      child.once('close', () => resolve());
    });
    child.stderr.on('data', (text: Buffer) => problems.push(text.toString()));
  }

  /** The number in the last line that was written whole; -1 if there is none. */
  get last(): number {
    const line = this.printed.split('\n').at(-2);
    return line === undefined ? -1 : Number(line);
  }

  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended;
  }
}
