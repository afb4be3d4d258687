import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { chosenStore, storeOf } from '../../../extension/store/location.ts';
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
