import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { labFile, small } from '../labFiles.ts';
import { useWorkbench } from './driver/useWorkbench.ts';

/** Lines of the small experiment in its file. */
const SQUARE = 7;
const STEPS = 13;
const SEEDS = 14;

const rows = Array.from({ length: 12 }, (_, i) => `${(i % 5) - 2},${(i % 3) - 1},${(i * 7) % 4}`);

const opened = useWorkbench({
  'live.lab.ts': labFile(small()),
  'rates.ts': 'export const rate = 0.05;\n',
  'table.csv': `x,y,label\n${rows.join('\n')}\n`,
  'parts.lab.ts': `import { dataset, experiment, gd, linear } from 'depth-lab';
import { rate } from './rates';
console.log('rate', rate);
experiment('Parts', {
  problem: dataset({ csv: 'table.csv', label: 'label', loss: 'square' }),
  parameterizations: {
    linear: linear(),
  },
  optimizers: { GD: gd({ rate }) },
  steps: 50,
});
`,
});

const saved = (file: string) => readFileSync(path.join(opened.folder.path, file), 'utf8');
const results = (line: number) => expect.poll(() => opened.workbench.inlineResult(line));

/** Waits until the results are those of the text, and all there. */
async function rested(seeds: number): Promise<void> {
  const words = async () =>
    [...(await opened.workbench.lenses()), await opened.workbench.inlineResult(SQUARE)].join(' ');
  await expect.poll(words).toMatch(new RegExp(`2 claims · ${seeds} seeds`));
  await expect.poll(words).not.toMatch(/text changed|running|loading|…/);
  // Results are taken away and put back when they change.
  await results(SQUARE).toMatch(/GD [\d.]+ %/);
}

describe('a live file that is typed', () => {
  beforeAll(async () => {
    await opened.workbench.open('live.lab.ts');
    await opened.workbench.clickLens('Live');
    await opened.workbench.lens('Live: on').waitFor();
    await opened.workbench.lens(/2 claims · 2 seeds/).waitFor();
  });

  it('runs without being saved', async () => {
    await opened.workbench.editor.replace(SEEDS, 10, 1, '3');
    await rested(3);
    expect(saved('live.lab.ts')).toBe(labFile(small()));
  });

  it('keeps the results, greyed, while it is half-typed', async () => {
    const before = await opened.workbench.inlineResult(SQUARE);
    await opened.workbench.editor.replace(SQUARE, 74, 0, ' + (');
    await opened.workbench.lens(/3 seeds.*text changed/).waitFor();
    expect(await opened.workbench.inlineResult(SQUARE)).toBe(before);
    await opened.workbench.editor.type('u - u)');
    await rested(3);
  });

  it('says nothing of a mistake while the typing goes on, and then what is wrong', async () => {
    await opened.workbench.editor.replace(SQUARE, 74, 0, ' + w');
    await opened.workbench.lens(/✗ 'w' is not defined/).waitFor();
    for (let i = 0; i < 4; i++) await opened.workbench.editor.press('Backspace');
    await rested(3);
  });

  it('shows after undo the results of the text as it was', async () => {
    const before = await opened.workbench.inlineResult(SQUARE);
    await opened.workbench.editor.replace(STEPS, 10, 3, '20');
    await results(SQUARE).not.toBe(before);
    await rested(3);
    await opened.workbench.editor.undo();
    await results(SQUARE).toBe(before);
    await rested(3);
  });

  it('stops what runs when it is edited again', async () => {
    await opened.workbench.editor.replace(STEPS, 10, 3, '9000000');
    await opened.workbench.lens(/running \d+\/12/).waitFor();
    await opened.workbench.editor.undo();
    await rested(3);
  });

  it('is the same in two editors', async () => {
    await opened.workbench.command('View: Split Editor Down');
    await opened.workbench.editor.replace(SEEDS, 10, 1, '2');
    await opened.workbench.lens(/2 claims · 2 seeds/).waitFor();
    await opened.workbench.editor.goTo(1);
    const shown = opened.workbench.page.locator('.codelens-decoration').filter({ hasText: '2 claims · 2 seeds' });
    await expect.poll(() => shown.count()).toBe(2);
    await opened.workbench.command('View: Close Editor');
  });

  it('has results of its text when it is saved', async () => {
    await opened.workbench.editor.save();
    await expect.poll(() => saved('live.lab.ts')).toContain('seeds: 2');
    await rested(2);
  });

  it('rests once it is turned off', async () => {
    await opened.workbench.clickLens('Live: on');
    await opened.workbench.lens(/Live$/).waitFor();
    await opened.workbench.editor.replace(SEEDS, 10, 1, '5');
    await opened.workbench.lens(/2 seeds.*text changed/).waitFor();
    await opened.workbench.editor.save();
    await opened.workbench.lens(/2 seeds.*text changed/).waitFor();
  });
});

describe('what a live file is made of', () => {
  const RESULT = 7;

  beforeAll(async () => {
    await opened.workbench.open('parts.lab.ts');
    await opened.workbench.clickLens('Live');
    await opened.workbench.lens(/1 run/).waitFor();
  });

  /** The result, as soon as one is there. */
  async function result(): Promise<string> {
    await results(RESULT).toMatch(/^GD [\d.]+/);
    return opened.workbench.inlineResult(RESULT);
  }

  /** Edits another file, and comes back. */
  async function edit(file: string, ...place: [line: number, column: number, characters: number, text: string]) {
    const before = await result();
    const was = saved(file);
    await opened.workbench.open(file);
    await opened.workbench.editor.replace(...place);
    await opened.workbench.open('parts.lab.ts');
    await expect.poll(result).not.toBe(before);
    await opened.workbench.lens(/1 run/).waitFor();
    expect(await opened.workbench.lenses()).not.toContainEqual(expect.stringContaining('text changed'));
    expect(saved(file)).toBe(was);
  }

  it('shows beside a line what it prints', () => results(3).toBe('rate 0.05'));

  it('runs it when an import is typed', async () => {
    await edit('rates.ts', 1, 21, 4, '0.001');
    await results(3).toBe('rate 0.001');
  });

  it('runs it when its data are typed', () => edit('table.csv', 2, 7, 1, '90'));

  it('runs it when its data change on the disk', async () => {
    await opened.workbench.open('table.csv');
    await opened.workbench.command('File: Revert File');
    await opened.workbench.command('View: Close Editor');
    await opened.workbench.open('parts.lab.ts');
    const before = await result();
    opened.folder.write('table.csv', saved('table.csv').replace('-2,-1,0', '5,5,20'));
    await expect.poll(result).not.toBe(before);
  });
});
