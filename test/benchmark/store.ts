/**
 * `npm run benchmark:store`: what the gallery costs when its runs are stored, what opening a store of 100,000 records costs, with and without its index, and writing and
 * reading 1,000 records of 30 kB. The fastest of several times, with a warm file cache.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Store } from '../../extension/store/store.ts';
import { galleryAgain } from './again.ts';

const RECORDS = 100_000;
const LARGE = 1000;
const LARGE_BYTES = 30_000;
/** Each record of a grid is acknowledged with those that end at about the same time. */
const BATCH = 20;
const ROUNDS = 5;

interface Cost {
  /** Milliseconds on the clock. */
  clock: number;
  /** Milliseconds of processor time. */
  processor: number;
}

function cost(act: () => void): Cost {
  const began = performance.now();
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return { clock: performance.now() - began, processor: (user + system) / 1000 };
}

/** The fastest, on the clock and in processor time each. */
function fastest(measure: (round: number) => Cost): Cost {
  const costs = Array.from({ length: ROUNDS }, (_, round) => measure(round));
  return {
    clock: Math.min(...costs.map(({ clock }) => clock)),
    processor: Math.min(...costs.map(({ processor }) => processor)),
  };
}

const keys = (count: number) => Array.from({ length: count }, () => randomBytes(32).toString('hex'));

const place = mkdtempSync(path.join(tmpdir(), 'depth-lab-benchmark-'));
const results: [what: string, cost: Cost][] = [];
try {
  const small = path.join(place, 'small');
  const names = keys(RECORDS);
  const store = Store.open(small);
  for (const key of names) store.put('run', key, randomBytes(100));
  store.flush();
  results.push([
    `opening ${RECORDS} records without an index`,
    fastest(() => cost(() => Store.open(small, { readOnly: true }).close())),
  ]);
  store.close();
  results.push([
    `opening ${RECORDS} records`,
    fastest(() => cost(() => Store.open(small, { readOnly: true }).close())),
  ]);
  const opened = Store.open(small, { readOnly: true });
  results.push([
    `looking for ${RECORDS} records`,
    fastest(() =>
      cost(() => {
        for (const key of names) if (!opened.has('run', key)) throw new Error('a record is missing');
      }),
    ),
  ]);
  results.push([
    `listing ${RECORDS} records`,
    fastest(() =>
      cost(() => {
        for (const { bytes } of opened.entries()) if (bytes !== 100) throw new Error('a record is not what it was');
      }),
    ),
  ]);
  opened.close();

  const payloads = keys(LARGE).map((key) => ({ key, payload: randomBytes(LARGE_BYTES) }));
  const folder = (round: number) => path.join(place, `large-${round}`);
  results.push([
    `writing ${LARGE} records of ${LARGE_BYTES} bytes`,
    fastest((round) => {
      const store = Store.open(folder(round));
      const spent = cost(() => {
        payloads.forEach(({ key, payload }, number) => {
          store.put('run', key, payload);
          if (number % BATCH === BATCH - 1) store.flush();
        });
      });
      store.close();
      return spent;
    }),
  ]);
  results.push([
    `reading ${LARGE} records of ${LARGE_BYTES} bytes`,
    fastest((round) => {
      const store = Store.open(folder(round));
      const spent = cost(() => {
        for (const { key } of payloads) if (!store.get('run', key)) throw new Error('a record is missing');
      });
      store.close();
      return spent;
    }),
  ]);
  console.log('| the gallery when its runs are stored | milliseconds after loading |');
  console.log('| --- | --- |');
  for (const [name, milliseconds] of await galleryAgain(path.join(place, 'gallery'))) {
    console.log(`| ${name} | ${milliseconds.toFixed(0)} |`);
  }
  console.log();
} finally {
  rmSync(place, { recursive: true, force: true });
}

console.log('| what | milliseconds | of processor time |');
console.log('| --- | --- | --- |');
for (const [what, { clock, processor }] of results) {
  console.log(`| ${what} | ${clock.toFixed(1)} | ${processor.toFixed(1)} |`);
}
