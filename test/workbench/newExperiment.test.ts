import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { useWorkbench } from './driver/useWorkbench.ts';

const opened = useWorkbench({});

it('writes a lab file into an empty folder and opens it', async () => {
  await opened.workbench.command('Depth Lab: New Experiment');
  await opened.workbench.answer('mine');
  await opened.workbench.editor.shown('mine.lab.ts');
  expect(readdirSync(opened.folder.path).sort()).toEqual(['mine.lab.ts', 'node_modules']);
  expect(existsSync(path.join(opened.folder.path, 'node_modules/depth-lab/.gitignore'))).toBe(true);
});

it('knows its module: no problems, and completion', async () => {
  await expect.poll(() => opened.workbench.editor.hover(1, 50), { timeout: 20_000 }).toContain('function ngd');
  await expect.poll(() => opened.workbench.problems()).toEqual([]);
  await opened.workbench.command('View: Toggle Panel Visibility');
  await opened.workbench.editor.goTo(1, 9);
  await opened.workbench.editor.type(' matrixComp');
  expect(await opened.workbench.editor.completions('matrixCompletion')).toContain('matrixCompletion');
  await opened.workbench.editor.press('Escape');
  await opened.workbench.command('File: Revert File');
});

it('runs as it is, and its claims hold', async () => {
  await opened.workbench.clickLens('Run');
  await opened.workbench.lens(/✓ \d claims?/).waitFor({ timeout: 30_000 });
  await opened.workbench.screenshot('new-experiment');
});
