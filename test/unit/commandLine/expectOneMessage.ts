import { expect } from 'vitest';
import type { LabFolder } from '../engine/labFile.ts';
import { depthLab } from './depthLab.ts';

/** What is wrong, the text, the place of the message, and words of it. */
export type WrongInput = [name: string, text: string, place: string, words: string];

/** Wrong input gets one message at its place, exit status 2, and no result. */
export async function expectOneMessage(
  folder: LabFolder,
  name: string,
  text: string,
  place: string,
  words: string,
): Promise<void> {
  const file = folder.write(`${name.replaceAll(/\W/g, '-')}.lab.ts`, text);
  const { status, stdout, stderr } = await depthLab(['run', file, '--json']);
  expect(stderr.split('\n')[0]).toContain(`.lab.ts:${place}: `);
  expect(stderr).toContain(words);
  expect(stderr.split('.lab.ts:').length).toBe(2);
  expect(status).toBe(2);
  expect(stdout).toBe('');
}
