import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { labFile, small } from '../labFiles.ts';
import { processesBelow } from '../reliability/family.ts';
import { useWorkbench } from './driver/useWorkbench.ts';
import { Workbench } from './driver/workbench.ts';

const long = labFile(small({ steps: 1_000_000, seeds: 8 }));
const opened = useWorkbench({
  'first.lab.ts': long,
  'kept.lab.ts': labFile(small()),
  'doomed.lab.ts': long,
});

const rows = () => opened.workbench.page.locator('.explorer-folders-view .monaco-list-row');

/** Starts a run that takes long. */
async function start(): Promise<void> {
  await opened.workbench.clickLens('Run');
  await opened.workbench.lens(/running \d+\/32/).waitFor();
}

it('goes on with a run whose file is renamed', async () => {
  const { workbench, folder } = opened;
  await workbench.open('first.lab.ts');
  await start();
  await rows().filter({ hasText: 'first.lab.ts' }).click();
  await workbench.editor.press('F2');
  await workbench.page.locator('.explorer-folders-view input').fill('second.lab.ts');
  await workbench.editor.press('Enter');
  await workbench.editor.shown('second.lab.ts');
  expect(existsSync(path.join(folder.path, 'second.lab.ts'))).toBe(true);
  await workbench.lens(/running \d+\/32/).waitFor();
  await expect.poll(() => workbench.inlineResult(6)).toMatch(/GD/);
  await workbench.lens('Stop').click();
  await workbench.lens(/stopped at \d+\/32/).waitFor();
  await expect.poll(() => workbench.inlineResult(6)).toMatch(/GD/);
});

it('keeps what is on view of a file that is deleted while it runs, and Stop ends the run', async () => {
  const { workbench, folder } = opened;
  await workbench.open('doomed.lab.ts');
  await start();
  await expect.poll(() => workbench.inlineResult(6)).toMatch(/GD/);
  renameSync(path.join(folder.path, 'doomed.lab.ts'), path.join(folder.path, 'gone.txt'));
  const stop = workbench.panel.frame.getByRole('button', { name: 'Stop' });
  await stop.click();
  await workbench.panel.text(/stopped/i).waitFor();
  await workbench.panel.run();
  await workbench.panel.text('this file does not exist').waitFor();
  await workbench.panel.text('doomed.lab.ts:1:1').waitFor();
});

it('serves two windows on one folder', async () => {
  const other = await Workbench.launch(opened.folder.path);
  try {
    await opened.workbench.editor.focus();
    for (const workbench of [opened.workbench, other]) await workbench.open('kept.lab.ts');
    for (const workbench of [opened.workbench, other]) await workbench.clickLens('Run');
    for (const workbench of [opened.workbench, other]) {
      await workbench.lens(/1 of 2 claims · 2 seeds/).waitFor();
      await expect.poll(() => workbench.inlineResult(6)).toMatch(/GD [\d.]+ %/);
    }
    expect(await other.inlineResult(6)).toBe(await opened.workbench.inlineResult(6));
  } finally {
    await other.close();
  }
}, 120_000);

it.skipIf(process.platform !== 'linux')(
  'ends what runs when its window is reloaded, and runs again',
  async () => {
    const { workbench } = opened;
    await workbench.open('second.lab.ts');
    await start();
    const engines = () => processesBelow(process.ppid).filter(({ command }) => command.includes('dist/engine.js'));
    const before = new Set(engines().map(({ id }) => id));
    expect(before.size).toBeGreaterThan(0);
    await workbench.reload();
    await workbench.open('kept.lab.ts');
    await workbench.clickLens('Run');
    await workbench.lens(/1 of 2 claims · 2 seeds/).waitFor();
    // The window of the test before is gone, and so is the engine of the page before.
    await expect.poll(() => engines().filter(({ id }) => before.has(id)).length, { timeout: 30_000 }).toBe(0);
  },
  120_000,
);
