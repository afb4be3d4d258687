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

const opened = useWorkbench({ 'small.lab.ts': labFile(small()) }, () => `http://127.0.0.1:${server.port}/`);

it('shows lenses in a folder that is not trusted, and runs nothing', async () => {
  await opened.workbench.open('small.lab.ts');
  await opened.workbench.clickLens('Run');
  await opened.workbench.notification('this folder is not trusted').waitFor();
  await expect.poll(() => opened.workbench.lenses()).toEqual(['Run', 'Live']);
  await expect.poll(() => opened.workbench.inlineResult(3)).toBe('');
});
