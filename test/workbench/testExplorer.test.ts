/** Experiments and claims in the Test Explorer of the real VS Code. */
import { expect, it } from 'vitest';
import { labFile, small } from '../labFiles.ts';
import { useWorkbench } from './driver/useWorkbench.ts';

const opened = useWorkbench({
  'explored.lab.ts': labFile(small()),
  'deep/broken.lab.ts': labFile(small({ name: 'Broken' })).replace('rate: 0.05', 'rate: undefined'),
});

const row = (name: string | RegExp) => opened.workbench.page.getByRole('treeitem').filter({ hasText: name }).first();

async function expand(name: RegExp): Promise<void> {
  await row(name).click();
  await opened.workbench.page.keyboard.press('ArrowRight');
}

it('shows the lab files of the workspace with their experiments, without running anything', async () => {
  const { workbench } = opened;
  await workbench.command('Testing: Focus on Test Explorer View');
  await row('explored.lab.ts').waitFor();
  await row('broken.lab.ts').waitFor();
  await expand(/explored/);
  await expand(/^Small/);
  await row('depth helps GD').waitFor();
}, 120_000);

it('runs them, and tells of each claim how it came out', async () => {
  const { workbench } = opened;
  await row('explored.lab.ts').hover();
  await row('explored.lab.ts').getByRole('button', { name: 'Run Test' }).click();
  await expect.poll(() => row('depth helps GD').getAttribute('aria-label'), { timeout: 60_000 }).toMatch(/Passed/);
  await expect.poll(() => row('the moon').getAttribute('aria-label')).toMatch(/Failed/);
  await row('the moon').dblclick();
  await workbench.editor.shown('explored.lab.ts');
  await workbench.page
    .getByText(/wanted: /)
    .first()
    .waitFor();
  await workbench.screenshot('test-explorer');
}, 120_000);

it('tells why an experiment could not be run', async () => {
  const { workbench } = opened;
  await expand(/broken/);
  await row('broken.lab.ts').hover();
  await row('broken.lab.ts').getByRole('button', { name: 'Run Test' }).click();
  await expect
    .poll(
      () =>
        row(/^Broken/)
          .first()
          .getAttribute('aria-label'),
      { timeout: 60_000 },
    )
    .toMatch(/Errored/);
  await workbench.screenshot('test-explorer-error');
}, 120_000);
