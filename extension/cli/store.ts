/** `depth-lab store` and `depth-lab merge`: what is kept, and where. */
import { resolve } from 'node:path';
import { keptByPins } from '../engine/stored/pins.ts';
import { chosenStore, STORE_VARIABLE } from '../store/location.ts';
import { mergeInto } from '../store/merge.ts';
import { prune } from '../store/prune.ts';
import { Store } from '../store/store.ts';
import { verify } from '../store/verify.ts';
import { ExitStatus } from './exitStatus.ts';
import { jsonLine, printableName } from './printable.ts';

export interface StoreOptions {
  store?: string;
  json?: boolean;
}

/** The store that is meant: the one that is named, otherwise that of the working directory. */
function folderOf({ store }: StoreOptions): string {
  const environment = process.env[STORE_VARIABLE];
  return chosenStore(resolve('any.lab.ts'), store, environment === 'off' ? undefined : environment) as string;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function complain(problem: string): ExitStatus {
  process.stderr.write(`depth-lab: ${printableName(problem)}\n`);
  return ExitStatus.Wrong;
}

export function storePath(options: StoreOptions): ExitStatus {
  say(folderOf(options));
  return ExitStatus.Well;
}

/** Numbers and bytes of each kind of record. */
export function listStore(options: StoreOptions): ExitStatus {
  const folder = folderOf(options);
  const store = Store.open(folder, { readOnly: true });
  const kinds = new Map<string, { records: number; bytes: number; newest: number }>();
  for (const { kind, bytes, date } of store.entries()) {
    const sum = kinds.get(kind) ?? { records: 0, bytes: 0, newest: 0 };
    kinds.set(kind, { records: sum.records + 1, bytes: sum.bytes + bytes, newest: Math.max(sum.newest, date) });
  }
  const { problem, size } = store;
  store.close();
  if (problem) return complain(problem);
  if (!options.json) say(`${printableName(folder)}: ${mebibytes(size)} on disk`);
  for (const [kind, { records, bytes, newest }] of [...kinds].sort()) {
    const date = new Date(newest).toISOString();
    if (options.json) say(jsonLine({ kind, records, bytes, newest: date }));
    else
      say(`  ${records} ${kind} ${records === 1 ? 'record' : 'records'}, ${mebibytes(bytes)}, the newest of ${date}`);
  }
  return ExitStatus.Well;
}

/** Reads everything, and says what is damaged; exit status 1 if something is. */
export function verifyStore(options: StoreOptions): ExitStatus {
  const { good, bad, torn, foreign, problem } = verify(folderOf(options));
  if (problem) return complain(problem);
  if (options.json) say(jsonLine({ good, bad, torn, foreign }));
  else {
    say(`${good} whole records, ${bad.length} damaged, ${torn.length} unfinished at the end of a file`);
    for (const { file, at, bytes } of bad) say(`  damaged: ${file}, ${bytes} bytes from ${at}`);
    for (const file of foreign) say(`  of another version, or no file of a store: ${file}`);
  }
  return bad.length > 0 ? ExitStatus.ClaimFailed : ExitStatus.Well;
}

/** Removes the oldest records until the others fit into `size` GiB; without a size, only what is damaged or replaced. */
export function pruneStore(options: StoreOptions & { size?: number }): ExitStatus {
  const limit = options.size === undefined ? undefined : options.size * 2 ** 30;
  const folder = folderOf(options);
  const store = Store.open(folder, { readOnly: true });
  const { removed, size, problem } = prune(folder, { limit, keep: keptByPins(store) });
  store.close();
  if (problem) return complain(problem);
  say(`${removed} ${removed === 1 ? 'record' : 'records'} removed; ${mebibytes(size)} remain`);
  return ExitStatus.Well;
}

/** Takes over the records of other stores. */
export function mergeStores(others: readonly string[], options: StoreOptions): ExitStatus {
  const { added, present, damaged, problems } = mergeInto(
    folderOf(options),
    others.map((other) => resolve(other)),
  );
  for (const problem of problems) complain(problem);
  const lost = damaged > 0 ? `, ${damaged} damaged and left out` : '';
  say(`${added} records taken over, ${present} were there already${lost}`);
  return problems.length > 0 ? ExitStatus.Wrong : ExitStatus.Well;
}

const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
