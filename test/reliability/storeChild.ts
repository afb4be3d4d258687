/**
 * A process that uses a store until it is killed: `storeChild.ts writes FOLDER FIRST` puts records with the numbers
 * FIRST, FIRST + 1, … and prints the last number that is acknowledged; `storeChild.ts prunes FOLDER` keeps those, and
 * removes the others, again and again.
 */
import { writeSync } from 'node:fs';
import { prune } from '../../extension/store/prune.ts';
import { Store } from '../../extension/store/store.ts';
import { KEPT, key, payload, REMOVED } from './storeRecords.ts';

const [mode, folder = '', first = '0'] = process.argv.slice(2);
const random = (below: number) => Math.floor(below * Math.random());

if (mode === 'prunes') {
  for (;;) {
    const { problem } = prune(folder, { limit: 0, keep: ({ kind }) => kind === KEPT });
    if (problem && !problem.includes('another process')) throw new Error(problem);
    writeSync(1, 'p\n');
  }
}

let store = Store.open(folder);
for (let number = Number(first); ; ) {
  for (let count = random(8); count >= 0; count--) {
    store.put(KEPT, key(number), payload(number));
    store.put(REMOVED, key(number), payload(number));
    number++;
  }
  if (random(20) === 0) store.sync();
  else store.flush();
  if (store.problem) throw new Error(store.problem);
  writeSync(1, `${number - 1}\n`);
  if (random(20) === 0) {
    store.close();
    store = Store.open(folder);
  }
}
