import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { labFile, small } from '../labFiles.ts';
import { vsixFile } from '../tools/vsix.ts';
import { useWorkbench } from './driver/useWorkbench.ts';
import { type Server, startServer, TEST_SETTINGS } from './server.ts';

let server: Server;

beforeAll(async () => {
  const settings = { ...TEST_SETTINGS, 'depthLab.store': '' };
  server = await startServer({ extensions: [vsixFile], settings, token: null });
});

afterAll(() => server?.stop());

const opened = useWorkbench({ 'kept.lab.ts': labFile(small()) }, () => `http://127.0.0.1:${server.port}/`);

it('shows everything as it was after a reload of the window', async () => {
  const { workbench, folder } = opened;
  await workbench.open('kept.lab.ts');
  await workbench.clickLens('Run');
  await workbench.lens(/1 of 2 claims · 2 seeds/).waitFor();
  await expect.poll(() => workbench.inlineResult(6)).toMatch(/GD [\d.]+ %/);
  const before = await Promise.all([3, 6, 7, 10, 16, 17].map((line) => workbench.inlineResult(line)));
  expect(existsSync(path.join(folder.path, '.depth-lab'))).toBe(true);
  await workbench.reload();
  await workbench.lens(/1 of 2 claims · 2 seeds/).waitFor({ timeout: 90_000 });
  await expect
    .poll(() => Promise.all([3, 6, 7, 10, 16, 17].map((line) => workbench.inlineResult(line))))
    .toEqual(before);
  await workbench.panel.text(/finished/).waitFor();
  await workbench.screenshot('recalled');
}, 240_000);

it('greys what has been changed since, and takes from the store what has not', async () => {
  const { workbench } = opened;
  const fresh = await workbench.editor.colourAfter(7);
  await workbench.editor.replaceAll(labFile(small({ square: 'u * u - 2 * v * v' })));
  await workbench.lens(/text changed/).waitFor();
  await expect.poll(() => workbench.editor.colourAfter(7)).not.toBe(fresh);
  await workbench.clickLens('Run');
  await expect.poll(() => workbench.lenses()).not.toContainEqual(expect.stringContaining('text changed'));
  await workbench.lens(/claims · 2 seeds/).waitFor();
  await expect.poll(() => workbench.editor.colourAfter(7)).toBe(fresh);
});
