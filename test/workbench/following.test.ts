import { beforeAll, describe, expect, it } from 'vitest';
import { labFile, small } from '../labFiles.ts';
import { useWorkbench } from './driver/useWorkbench.ts';

const slow = small({ name: 'Slow', steps: 200_000, seeds: 6 });
const opened = useWorkbench({
  'one.lab.ts': labFile(small({ name: 'One' })),
  'two.lab.ts': labFile(small({ name: 'Two' })),
  'slow.lab.ts': labFile(slow),
  'notes.md': '# Notes\n',
});

const panelTab = (name: string) => opened.workbench.page.locator('.tab').filter({ hasText: `Depth Lab: ${name}` });

describe('the results panel', () => {
  beforeAll(async () => {
    for (const file of ['one.lab.ts', 'two.lab.ts']) {
      await opened.workbench.open(file);
      await opened.workbench.clickLens('Run');
      await opened.workbench.lens(/claims · 2 seeds/).waitFor();
    }
  }, 120_000);

  it('follows the lab file that is edited', async () => {
    await panelTab('Two').waitFor();
    await opened.workbench.open('one.lab.ts');
    await panelTab('One').waitFor();
    await opened.workbench.open('notes.md');
    await opened.workbench.open('two.lab.ts');
    await panelTab('Two').waitFor();
  });

  it('is not covered by a file that is opened while it has the focus', async () => {
    const { workbench } = opened;
    await panelTab('Two').click();
    await workbench.open('notes.md');
    await expect.poll(() => panelTab('Two').getAttribute('class')).toContain('active');
    await workbench.panel.text(/finished/).waitFor();
  });

  it('stays with its experiment while its tab is pinned', async () => {
    const { workbench } = opened;
    await panelTab('Two').click();
    await workbench.command('View: Pin Editor');
    await workbench.open('one.lab.ts');
    await workbench.lens(/claims · 2 seeds/).waitFor();
    await expect.poll(() => panelTab('Two').count()).toBe(1);
    await panelTab('Two').click();
    await workbench.command('View: Unpin Editor');
    await workbench.open('two.lab.ts');
    await workbench.open('one.lab.ts');
    await panelTab('One').waitFor();
  });
});

it('counts the runs in progress in the status bar, and stops all of them', async () => {
  const { workbench } = opened;
  await workbench.open('slow.lab.ts');
  await workbench.clickLens('Run');
  const status = workbench.page.locator('.statusbar-item').filter({ hasText: /running \d+ of 24/ });
  await status.waitFor();
  await workbench.command('Depth Lab: Stop All Runs');
  await workbench.lens(/stopped at \d+\/24/).waitFor();
  await status.waitFor({ state: 'hidden' });
});
