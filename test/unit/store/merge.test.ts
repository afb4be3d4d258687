import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { mergeInto } from '../../../extension/store/merge.ts';
import { Store } from '../../../extension/store/store.ts';
import { verify } from '../../../extension/store/verify.ts';
import { required } from '../required.ts';
import { key, numbersIn, payload, StoreFolder, segmentsIn, writeSegment } from './storeFolder.ts';

const folders = new StoreFolder();
afterAll(() => folders.remove());

/** Spoils the last payload of a store. */
function damageLast(folder: string): void {
  const file = required(segmentsIn(folder)[0]);
  const bytes = readFileSync(file);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(file, bytes);
}

it('takes over what others have, with its dates', () => {
  const [into, ...others] = [folders.next(), folders.next(), folders.next()];
  writeSegment(into, [0, 1]);
  writeSegment(others[0]!, [1, 2, 3]);
  writeSegment(others[1]!, [3, 4], 5000);
  const dates = (folder: string) => {
    const store = Store.open(folder, { readOnly: true });
    const found = new Map([...store.entries()].map(({ key, date }) => [key, date]));
    store.close();
    return found;
  };
  expect(mergeInto(into, others)).toEqual({ added: 3, present: 2, damaged: 0, problems: [] });
  expect(numbersIn(into)).toEqual([0, 1, 2, 3, 4]);
  expect(dates(into).get(key(2))).toBe(dates(others[0]!).get(key(2)));
  const store = Store.open(into);
  expect(store.get('run', key(3))).toEqual(payload(3));
  expect(store.get('run', key(4))).toEqual(payload(4, 5000));
  store.close();
  expect(mergeInto(into, others)).toMatchObject({ added: 0, present: 5 });
  expect(mergeInto(into, [into])).toMatchObject({ added: 0, present: 5 });
  expect(verify(into)).toMatchObject({ good: 5, bad: [] });
});

it('takes no damaged record over, and replaces its own by a whole one', () => {
  const [into, other] = [folders.next(), folders.next()];
  writeSegment(into, [1, 2]);
  damageLast(into);
  writeSegment(other, [2, 3]);
  damageLast(other);
  expect(mergeInto(into, [other])).toEqual({ added: 1, present: 0, damaged: 1, problems: [] });
  const store = Store.open(into);
  expect([1, 2, 3].map((n) => store.get('run', key(n)))).toEqual([payload(1), payload(2), null]);
  store.close();
});

it('names the stores that cannot be read', () => {
  const [into, missing, file] = [folders.next(), folders.next(), folders.next()];
  writeFileSync(file, '');
  writeSegment(into, [1]);
  expect(mergeInto(into, [missing, file]).problems).toEqual([
    `The store ${missing} cannot be read: there is no such folder.`,
    `The store ${file} cannot be read: a file is in the way.`,
  ]);
  expect(mergeInto(file, [into])).toMatchObject({
    problems: [`The store ${file} cannot be read: a file is in the way. What is new stays in memory.`],
  });
});
