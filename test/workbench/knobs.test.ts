import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { labFile, small } from '../labFiles.ts';
import { seriousBarriers } from './driver/accessibility.ts';
import { useWorkbench } from './driver/useWorkbench.ts';

/** The lines of the optimizers and of the steps. */
const GD = 10;
const NGD = 11;
const STEPS = 13;

const opened = useWorkbench({ 'knobs.lab.ts': labFile(small()), 'other.txt': '' });
const text = (line: number) => expect.poll(() => opened.workbench.editor.text(line));
const slider = (name: string) => opened.workbench.panel.frame.getByRole('slider', { name, exact: true });
/** What the editor draws of the panel's experiment is up to date, and nothing runs. */
const rested = () => opened.workbench.lens(/2 claims · 2 seeds · [\d.]+ s$/).waitFor();

beforeAll(async () => {
  const { workbench } = opened;
  await workbench.open('knobs.lab.ts');
  await workbench.clickLens('Live');
  await workbench.lens(/2 claims/).waitFor();
  await workbench.panel.text(/^Knobs \(\d+\)$/).click();
});

describe('a knob of the panel', () => {
  it('is there for each number of the definition', async () => {
    const names = await opened.workbench.panel.frame
      .locator('.knob input')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    expect(names).toEqual([
      ...['problem dimension', 'problem train', 'problem test', 'problem sparsity', 'square u', 'square v'],
      ...['GD rate', 'NGD rate', 'steps steps', 'seeds seeds'],
    ]);
  });

  it('edits the text while it is dragged, and its results follow; the drag is one step to undo', async () => {
    const { workbench } = opened;
    const result = await workbench.inlineResult(GD - 4);
    const box = await slider('GD rate').boundingBox();
    if (!box) throw new Error('there is no slider');
    const { mouse } = workbench.page;
    const y = box.y + box.height / 2;
    await mouse.move(box.x + box.width / 2, y);
    await mouse.down();
    await mouse.move(box.x + 0.6 * box.width, y, { steps: 6 });
    await text(GD).toMatch(/rate: 0\.\d+, normalized/);
    await text(GD).not.toContain('rate: 0.05,');
    await mouse.move(box.x + 0.9 * box.width, y, { steps: 12 });
    await expect.poll(() => slider('GD rate').getAttribute('aria-valuetext')).toMatch(/^[1-4]\.\d+$/);
    const turned = await slider('GD rate').getAttribute('aria-valuetext');
    await mouse.up();
    await text(GD).toContain(`rate: ${turned}, normalized`);
    await rested();
    await expect.poll(() => workbench.inlineResult(GD - 4)).not.toBe(result);
    expect(readFileSync(path.join(opened.folder.path, 'knobs.lab.ts'), 'utf8')).toBe(labFile(small()));
    await workbench.editor.focus();
    await workbench.editor.undo();
    await text(GD).toContain('rate: 0.05, normalized');
    await expect.poll(() => workbench.inlineResult(GD - 4)).toBe(result);
    await rested();
  });

  it('is turned by the keyboard, and takes whole numbers only where only these are taken', async () => {
    const { workbench } = opened;
    await slider('seeds seeds').focus();
    await workbench.page.keyboard.press('ArrowRight');
    await text(STEPS + 1).toContain('seeds: 3,');
    await workbench.lens(/2 claims · 3 seeds/).waitFor();
    // The text that it follows leaves the slider where it is.
    await workbench.page.keyboard.press('ArrowLeft');
    await text(STEPS + 1).toContain('seeds: 2,');
    await rested();
  });

  it('is without barriers', async () => {
    const { page } = opened.workbench;
    const frames = page.frames().filter((frame) => frame.name() === 'active-frame');
    for (const frame of frames) expect(await seriousBarriers(frame)).toEqual([]);
    await opened.workbench.screenshot('knobs');
  });

  it('edits a file that is not on view, once it is let go', async () => {
    const { workbench } = opened;
    await workbench.editor.focus();
    await workbench.open('other.txt');
    await slider('NGD rate').focus();
    await workbench.page.keyboard.press('ArrowRight');
    await workbench.editor.focus();
    await workbench.open('knobs.lab.ts');
    await text(NGD).not.toContain('ngd({ rate: 0.05 })');
    await workbench.editor.focus();
    await workbench.editor.undo();
    await text(NGD).toContain('ngd({ rate: 0.05 })');
    await rested();
  });
});

describe('a number in the text', () => {
  it('is nudged by a key', async () => {
    const { editor } = opened.workbench;
    await editor.goTo(NGD, 22);
    await editor.press('Shift+Alt+PageUp');
    await text(NGD).toContain('ngd({ rate: 0.06 })');
    await editor.press('Shift+Alt+PageDown', 'Shift+Alt+PageDown');
    await text(NGD).toContain('ngd({ rate: 0.04 })');
    await editor.goTo(STEPS, 11);
    await editor.press('Shift+Alt+PageDown');
    await text(STEPS).toContain('steps: 199,');
  });
});
