import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { chosenStore, isWritable, storeOf } from '../../../extension/store/location.ts';
import { LabFolder } from '../engine/labFile.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());

const at = (...names: string[]) => path.join(folder.path, ...names);

it('is in the nearest folder around the file that has one or is a repository, otherwise beside the file', () => {
  const file = folder.write('project/part/a.lab.ts', '');
  expect(storeOf(file)).toBe(at('project/part/.depth-lab'));
  mkdirSync(at('project/.git'));
  expect(storeOf(file)).toBe(at('project/.depth-lab'));
  mkdirSync(at('project/part/.depth-lab'));
  expect(storeOf(file)).toBe(at('project/part/.depth-lab'));
});

it('is what the call says, otherwise what the environment says', () => {
  const file = folder.write('alone/a.lab.ts', '');
  expect(chosenStore(file, undefined, undefined)).toBe(at('alone/.depth-lab'));
  expect(chosenStore(file, undefined, '')).toBe(at('alone/.depth-lab'));
  expect(chosenStore(file, undefined, 'off')).toBe(null);
  expect(chosenStore(file, undefined, '/kept')).toBe('/kept');
  expect(chosenStore(file, '/other', 'off')).toBe('/other');
  expect(chosenStore(file, false, '/kept')).toBe(null);
});

it('can be where there is a folder that can be written, or none yet', () => {
  const file = folder.write('writable/a.lab.ts', '');
  expect(isWritable(at('writable'))).toBe(true);
  expect(isWritable(at('writable/new/store'))).toBe(true);
  expect(isWritable(file)).toBe(false);
  expect(isWritable(path.join(file, 'store'))).toBe(false);
});

it('is in the storage of the editor where it cannot be written', () => {
  const file = folder.write('locked/a.lab.ts', '');
  folder.write('locked/.depth-lab', 'a file is in the way');
  const kept = chosenStore(file, undefined, undefined, '/storage');
  expect(kept).toMatch(/^\/storage\/stores\/[0-9a-f]{32}$/);
  expect(chosenStore(at('locked/b.lab.ts'), undefined, undefined, '/storage')).toBe(kept);
  expect(chosenStore(file, undefined, undefined)).toBe(at('locked/.depth-lab'));
  expect(chosenStore(at('alone/a.lab.ts'), undefined, undefined, '/storage')).toBe(at('alone/.depth-lab'));
});
