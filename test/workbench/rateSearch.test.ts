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

/** Gradient descent diverges, and loading the file takes long enough to edit it meanwhile. */
const wild = `${labFile(small({ name: 'Wild', rate: 9 }))
  .replace(', separable }', ', regression }')
  .replace('separable(', 'regression(')
  .replace(', normalized: true', '')}
for (const end = Date.now() + 1500; Date.now() < end; );
`;
const opened = useWorkbench({ 'wild.lab.ts': wild }, () => `http://127.0.0.1:${server.port}/`);

it('looks for a rate at which no run diverges, where they come from the store', async () => {
  const { workbench } = opened;
  const { editor, page } = workbench;
  await workbench.open('wild.lab.ts');
  await workbench.clickLens('Run');
  await workbench.lens(/claims/).waitFor();
  await workbench.reload();
  await workbench.lens(/claims/).waitFor({ timeout: 90_000 });
  const fix = page
    .locator('.action-widget .monaco-list-row')
    .filter({ hasText: 'Look for a rate at which no run diverges' });
  const choose = async () => {
    await editor.goTo(10, 16);
    await until(async () => {
      await editor.press('Escape', 'Control+.');
      return appears(fix, 3000);
    }, 60_000);
  };
  await choose();
  await workbench.screenshot('rate-search');
  await editor.press('Enter');
  await fix.waitFor({ state: 'hidden' });
  await editor.goTo(wild.split('\n').length, 1);
  await editor.type('// Edited meanwhile');
  await workbench.notification('the file was edited while a rate was looked for').waitFor({ timeout: 30_000 });
  expect(await editor.text(10)).toMatch(/rate: 9/);

  await choose();
  await editor.press('Enter');
  await expect.poll(() => editor.text(10), { timeout: 30_000 }).toMatch(/GD: gd\(\{ rate: 0\.\d+ \}\)/);
}, 300_000);
