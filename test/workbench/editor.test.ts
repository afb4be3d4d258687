import { afterAll, beforeAll, expect, it } from 'vitest';
import { TemporaryFolder } from './driver/folder.ts';
import { Workbench } from './driver/workbench.ts';
import { SMALL } from './files.ts';

const folder = new TemporaryFolder({ 'small.lab.ts': SMALL });
let workbench: Workbench;

beforeAll(async () => {
  workbench = await Workbench.launch(folder.path);
  await workbench.open('small.lab.ts');
});

afterAll(async () => {
  await workbench?.close();
  folder.dispose();
});

it('shows lenses above each experiment', async () => {
  await workbench.lens('Run').waitFor();
  expect(await workbench.lenses()).toEqual(['Run', 'Live', 'Run', 'Live']);
});

it('runs an experiment with one click: the panel opens and results stand beside the lines', async () => {
  await workbench.lens('Run').click();
  await workbench.panel.shown();
  await expect.poll(() => workbench.lenses(), { timeout: 30_000 }).toContainEqual(expect.stringMatching(/claim/));
  expect(await workbench.inlineResult(SMALL_LINE)).toMatch(/^GD \d.* · NGD \d.* test error$/);
  expect(await workbench.inlineResult(SMALL_LINE + 3)).toMatch(
    /^GD [\d.]+ % ± [\d.]+ [▁-█]+ · NGD [\d.]+ % ± [\d.]+ [▁-█]+$/,
  );
  await workbench.screenshot('light');
});

const SMALL_LINE = 3;
