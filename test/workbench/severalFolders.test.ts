import path from 'node:path';
import { expect, it } from 'vitest';
import { labFile, small } from '../labFiles.ts';
import { TemporaryFolder } from './driver/folder.ts';
import { Workbench } from './driver/workbench.ts';

it('works in a workspace of several folders', async () => {
  const folder = new TemporaryFolder({
    'first/one.lab.ts': labFile(small({ name: 'First' })),
    'second/two.lab.ts': labFile(small({ name: 'Second' })),
    'both.code-workspace': JSON.stringify({ folders: [{ path: 'first' }, { path: 'second' }] }),
  });
  const workbench = await Workbench.launch(path.join(folder.path, 'both.code-workspace'));
  try {
    for (const [file, name] of [
      ['one.lab.ts', 'First'],
      ['two.lab.ts', 'Second'],
    ] as const) {
      await workbench.open(file);
      await workbench.clickLens('Run');
      await workbench.lens(/claims · 2 seeds/).waitFor();
      await workbench.page
        .locator('.tab')
        .filter({ hasText: `Depth Lab: ${name}` })
        .waitFor();
      await expect.poll(() => workbench.problems()).not.toContainEqual(expect.stringContaining('Cannot find module'));
    }
    await workbench.command('Depth Lab: Show All Experiments of the Workspace');
    const table = workbench.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame');
    for (const name of ['First', 'Second']) await table.getByRole('row').filter({ hasText: name }).waitFor();
  } finally {
    await workbench.close();
    folder.dispose();
  }
}, 180_000);
