import { beforeAll, expect, it } from 'vitest';
import { labFile, small } from '../labFiles.ts';
import { useWorkbench } from './driver/useWorkbench.ts';

const settings = { 'depthLab.lenses.only': true, 'depthLab.inlineResults.column': 100 };
const opened = useWorkbench({
  'small.lab.ts': labFile(small()),
  '.vscode/settings.json': JSON.stringify(settings),
});

beforeAll(async () => {
  await opened.workbench.open('small.lab.ts');
});

it('trains the parameterization whose lens is clicked, and no other', async () => {
  const { workbench } = opened;
  await expect.poll(async () => (await workbench.lenses()).filter((lens) => lens === 'Only this')).toHaveLength(4);
  await (await workbench.lensFromTop('Only this', 1)).click();
  await workbench.lens('only ‘square’ · 4 of 8 runs').waitFor();
  await expect.poll(() => workbench.inlineResult(7)).toMatch(/^GD .* NGD /);
  expect(await workbench.inlineResult(6)).toBe('');
  await workbench.panel.text(/only ‘square’ · 4 of 8 runs/).waitFor();
  await workbench.screenshot('only-this');
});

it('trains an optimizer from the cursor, by the palette', async () => {
  const { workbench } = opened;
  await workbench.editor.goTo(11, 10);
  await workbench.command('Depth Lab: Run Only This Parameterization or Optimizer');
  await workbench.lens('only ‘NGD’ · 4 of 8 runs').waitFor();
  await expect.poll(() => workbench.inlineResult(6)).toMatch(/^NGD /);
});

it('shows results above the lines that have no room for them', async () => {
  const { workbench } = opened;
  await workbench.clickLens('Run');
  await workbench.lens(/1 of 2 claims/).waitFor();
  // The first claim is wider than 100 columns, the second is not.
  await workbench.lens(/^✓$/).waitFor();
  expect(await workbench.inlineResult(16)).toBe('');
  expect(await workbench.inlineResult(17)).toBe('✗ does not hold');
  await workbench.screenshot('results-above');
});
