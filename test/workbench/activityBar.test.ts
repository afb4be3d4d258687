/** The view in the activity bar, the gallery and the walkthrough, from an empty folder on. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { useWorkbench } from './driver/useWorkbench.ts';

const opened = useWorkbench({});

it('offers the gallery where there is no experiment yet, and copies a file of it into the folder', async () => {
  const { workbench, folder } = opened;
  await workbench.page.getByRole('tab', { name: 'Depth Lab' }).click();
  await workbench.page.getByRole('button', { name: 'Open Gallery', exact: true }).click();
  // The list draws only what can be seen of it.
  await workbench.page.locator('.quick-input-widget input').first().fill('sparse-classifier');
  await workbench.choose(/sparse-classifier/);
  await workbench.editor.shown('sparse-classifier.lab.ts');
  expect(existsSync(path.join(folder.path, 'sparse-classifier.lab.ts'))).toBe(true);
}, 120_000);

it('lists the experiments with the outcome of their latest runs, and runs them', async () => {
  const { workbench } = opened;
  const row = workbench.page.getByRole('treeitem').filter({ hasText: 'Sparse classifier' }).first();
  await row.filter({ hasText: 'not run yet' }).waitFor();
  await row.hover();
  await row.getByRole('button', { name: 'Run Experiment' }).click();
  await row.filter({ hasText: /(\d) of \1 claims hold/ }).waitFor({ timeout: 60_000 });
  await workbench.screenshot('activity-bar');
}, 120_000);

it('leads through the first experiment', async () => {
  const { workbench } = opened;
  await workbench.command('Welcome: Open Walkthrough...');
  await workbench.choose(/Your first experiment in two minutes/);
  await workbench.page
    .getByRole('button', { name: /Open an experiment/ })
    .first()
    .waitFor();
  await workbench.screenshot('walkthrough');
}, 120_000);
