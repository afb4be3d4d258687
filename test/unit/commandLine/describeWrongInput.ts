import { beforeAll, describe, expect, it } from 'vitest';
import type { LabFolder } from '../engine/labFile.ts';
import { depthLab, type Output } from './depthLab.ts';

/** What is wrong, the text, the place of the message, and words of it. */
export type WrongInput = [name: string, text: string, place: string, words: string];

/**
 * Tests that wrong input gets one message at its place, exit status 2, and no result. All files are given to one
 * process, one of them also to a process of its own.
 */
export function describeWrongInput(folder: LabFolder, cases: readonly WrongInput[]): void {
  const files = cases.map(([name, text]) => folder.write(`${name.replaceAll(/\W/g, '-')}.lab.ts`, text));
  let together: Output;
  let messages: string[];

  function expectMessage(message: string, [, , place, words]: WrongInput): void {
    expect(message.split('\n')[0]).toContain(`.lab.ts:${place}: `);
    expect(message).toContain(words);
    expect(message.split('.lab.ts:').length).toBe(2);
  }

  describe('wrong input gets one message at its place, and exit status 2', () => {
    beforeAll(async () => {
      together = await depthLab(['run', ...files, '--json']);
      messages = together.stderr.split(/^(?=\S+\.lab\.ts:\d)/m);
    }, 300_000);

    it('in a process of its own', async () => {
      const [wrong] = cases;
      expect(wrong).toBeDefined();
      const { status, stdout, stderr } = await depthLab(['run', files[0], '--json']);
      if (wrong) expectMessage(stderr, wrong);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    });

    it('among others', () => {
      expect(new Set(files).size).toBe(cases.length);
      expect(messages).toHaveLength(cases.length);
      expect(together).toMatchObject({ status: 2, stdout: '' });
    });

    it.each(cases.map((wrong, i) => [wrong[0], wrong, files[i]] as const))('%s', (_, wrong, file) => {
      const own = messages.filter((message) => message.startsWith(`${file}:`));
      expect(own).toHaveLength(1);
      for (const message of own) expectMessage(message, wrong);
    });
  });
}
