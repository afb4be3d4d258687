import { beforeAll, beforeEach, expect, it } from 'vitest';
import { labFile, small } from '../labFiles.ts';
import { useWorkbench } from './driver/useWorkbench.ts';

const opened = useWorkbench({ 'faulty.lab.ts': labFile(small()) });

beforeAll(async () => {
  await opened.workbench.open('faulty.lab.ts');
  await opened.workbench.lens('Run').waitFor();
});

beforeEach(() => opened.workbench.editor.focus());

const problem = (text: string | RegExp) =>
  expect.poll(() => opened.workbench.problems(), { timeout: 20_000 }).toContainEqual(expect.stringMatching(text));

it('shows a syntax error at its place', async () => {
  await opened.workbench.editor.replaceAll(labFile(small({ square: 'u * (u - ' })));
  await opened.workbench.clickLens('Run');
  await problem(/Depth Lab.*Ln 7/);
  await opened.workbench.lens('✗').waitFor();
});

it('clears it with the next run', async () => {
  await opened.workbench.editor.replaceAll(labFile(small()));
  await opened.workbench.clickLens('Run');
  await opened.workbench.lens(/claims/).waitFor();
  await expect.poll(() => opened.workbench.problems()).not.toContainEqual(expect.stringMatching(/Depth Lab.*Ln 7/));
});

it('shows an expression that cannot be differentiated at that very expression, and keeps the earlier results', async () => {
  const before = await opened.workbench.inlineResult(6);
  await opened.workbench.editor.replaceAll(labFile(small({ square: 'Math.random() * u' })));
  await opened.workbench.clickLens('Run');
  await problem(/Depth Lab.*Ln 7, Col 6\d/);
  await expect.poll(() => opened.workbench.inlineResult(6)).toBe(before);
});

it('shows a parameterization that throws at the exception, and one that cannot be made at its call', async () => {
  const inside = labFile(small()).replace('u * u', "(() => { throw new Error('no luck'); })()");
  await opened.workbench.editor.replaceAll(inside);
  await opened.workbench.clickLens('Run');
  await problem(/exceptions are not supported.*Depth Lab.*Ln 7/);
  const outside = labFile(small()).replace('linear()', "(() => { throw new Error('no luck either'); })()");
  await opened.workbench.editor.replaceAll(outside);
  await opened.workbench.clickLens('Run');
  await problem(/no luck either.*Depth Lab.*Ln 6/);
});

it('ends a loop without end with Stop, and runs again after it', async () => {
  const endless = labFile(small()).replace(
    "experiment('Small'",
    "if (Date.now() > 0) while (true);\nexperiment('Small'",
  );
  await opened.workbench.editor.replaceAll(endless);
  await opened.workbench.clickLens('Run');
  await opened.workbench.lens('Stop').click();
  await opened.workbench.lens(/stopped/).waitFor();
  await opened.workbench.editor.replaceAll(labFile(small()));
  await opened.workbench.clickLens('Run');
  await opened.workbench.lens(/claims/).waitFor();
});

it('stops a long run and keeps what it has', async () => {
  await opened.workbench.editor.replaceAll(labFile(small({ steps: 1_000_000, seeds: 8 })));
  await opened.workbench.clickLens('Run');
  await opened.workbench.lens(/running [1-9]\d*\/32/).waitFor();
  await expect.poll(() => opened.workbench.inlineResult(6)).toMatch(/GD/);
  await opened.workbench.screenshot('running');
  await opened.workbench.lens('Stop').click();
  await opened.workbench.lens(/stopped at \d+\/32/).waitFor();
  await expect.poll(() => opened.workbench.inlineResult(6)).toMatch(/GD/);
});
