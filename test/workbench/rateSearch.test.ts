import { afterAll, beforeAll, expect, it } from 'vitest';
import { labFile, small } from '../labFiles.ts';
import { vsixFile } from '../tools/vsix.ts';
import { appears, until } from './driver/until.ts';
import { useWorkbench } from './driver/useWorkbench.ts';
import { type Server, startServer, TEST_SETTINGS } from './server.ts';

let server: Server;

beforeAll(async () => {
  const settings = { ...TEST_SETTINGS, 'depthLab.store': '' };
  server = await startServer({ extensions: [vsixFile], settings, token: null });
});

afterAll(() => server?.stop());

/** Gradient descent diverges. */
const wild = labFile(small({ name: 'Wild', rate: 9 }))
  .replace(', separable }', ', regression }')
  .replace('separable(', 'regression(')
  .replace(', normalized: true', '');
const opened = useWorkbench({ 'wild.lab.ts': wild }, () => `http://127.0.0.1:${server.port}/`);

it('looks for a rate at which no run diverges, where they come from the store', async () => {
  const { workbench } = opened;
  const { editor, page } = workbench;
  await workbench.open('wild.lab.ts');
  await workbench.clickLens('Run');
  await workbench.lens(/claims/).waitFor();
  await workbench.reload();
  await workbench.lens(/claims/).waitFor({ timeout: 90_000 });
  await editor.goTo(10, 16);
  const fix = page
    .locator('.action-widget .monaco-list-row')
    .filter({ hasText: 'Look for a rate at which no run diverges' });
  await until(async () => {
    await editor.press('Escape', 'Control+.');
    return appears(fix, 3000);
  }, 60_000);
  await workbench.screenshot('rate-search');
  await editor.press('Enter');
  await expect.poll(() => editor.text(10), { timeout: 30_000 }).toMatch(/GD: gd\(\{ rate: 0\.\d+ \}\)/);
}, 240_000);
