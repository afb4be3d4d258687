import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { labFile, small } from '../labFiles.ts';
import { vsixFile } from '../tools/vsix.ts';
import { useWorkbench } from './driver/useWorkbench.ts';
import { type Server, startServer, TEST_SETTINGS } from './server.ts';

let server: Server;

beforeAll(async () => {
  const settings = {
    ...TEST_SETTINGS,
    'security.workspace.trust.enabled': true,
    'security.workspace.trust.startupPrompt': 'never',
    'security.workspace.trust.banner': 'never',
  };
  server = await startServer({ extensions: [vsixFile], settings, token: null });
});

afterAll(() => server?.stop());

/** Leaves a trace where it runs. */
const TRACE = `import { writeFileSync } from 'node:fs';
writeFileSync(new URL('trace', import.meta.url), '');
`;

const opened = useWorkbench({ 'small.lab.ts': TRACE + labFile(small()) }, () => `http://127.0.0.1:${server.port}/`);

it('shows lenses in a folder that is not trusted, which say why nothing runs', async () => {
  await opened.workbench.open('small.lab.ts');
  await expect.poll(() => opened.workbench.lenses()).toEqual(['Run', 'Live', expect.stringContaining('not trusted')]);
});

it('runs nothing, says why, and writes neither types nor anything else', async () => {
  // Elsewhere the file is loaded for this hover; by the end of the test it would have left its trace.
  await opened.workbench.editor.hover(8, 6);
  await opened.workbench.clickLens('Run');
  await opened.workbench.notification('this folder is not trusted').waitFor();
  await opened.workbench.screenshot('untrusted');
  await opened.workbench.command('Depth Lab: Run All Experiments in File');
  // The same message is not shown twice: without it, what the click does can be seen.
  await opened.workbench.command('Notifications: Clear All Notifications');
  await opened.workbench.clickLens('Live');
  await opened.workbench.editor.focus();
  await opened.workbench.command('File: Save');
  await expect.poll(() => opened.workbench.inlineResult(5)).toBe('');
  await expect.poll(() => opened.workbench.lenses()).toContainEqual(expect.stringContaining('not trusted'));
  expect(readdirSync(opened.folder.path)).toEqual(['small.lab.ts']);
  expect(existsSync(path.join(opened.folder.path, 'node_modules'))).toBe(false);
});
