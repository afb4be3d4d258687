import { beforeAll, expect, it } from 'vitest';
import { labFile, small } from '../labFiles.ts';
import { useWorkbench } from './driver/useWorkbench.ts';

const opened = useWorkbench({ 'live.lab.ts': labFile(small()) });

beforeAll(async () => {
  await opened.workbench.open('live.lab.ts');
});

it('runs at once and again with every save', async () => {
  await opened.workbench.clickLens('Live');
  await opened.workbench.lens('Live: on').waitFor();
  await opened.workbench.lens(/2 claims · 2 seeds/).waitFor();
  await opened.workbench.editor.replaceAll(labFile(small({ seeds: 3 })));
  await expect.poll(() => opened.workbench.lenses()).toContainEqual(expect.stringContaining('2 seeds'));
  await opened.workbench.editor.save();
  await opened.workbench.lens(/2 claims · 3 seeds/).waitFor();
});

it('cancels a run that is under way when the file is saved, and keeps its results until there are new ones', async () => {
  await opened.workbench.editor.replaceAll(labFile(small({ steps: 1_000_000, seeds: 8 })));
  await opened.workbench.editor.save();
  await opened.workbench.lens(/running \d+\/32/).waitFor();
  await opened.workbench.editor.replaceAll(labFile(small({ seeds: 4 })));
  await opened.workbench.editor.save();
  await expect.poll(() => opened.workbench.inlineResult(6)).toMatch(/GD/);
  await opened.workbench.lens(/2 claims · 4 seeds/).waitFor();
});

it('rests once it is turned off', async () => {
  await opened.workbench.clickLens('Live: on');
  await opened.workbench.lens(/Live$/).waitFor();
  await opened.workbench.editor.replaceAll(labFile(small({ seeds: 5 })));
  await opened.workbench.editor.save();
  await opened.workbench.lens(/4 seeds.*text changed/).waitFor();
});
