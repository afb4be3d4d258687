import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../tools/process.ts';
import { seriousBarriers } from './driver/accessibility.ts';
import { useWorkbench } from './driver/useWorkbench.ts';

const name = 'sparse-classifier.lab.ts';
const text = readFileSync(path.join(root, 'media/gallery', name), 'utf8');
const opened = useWorkbench({ [name]: text });
const frame = () => opened.workbench.panel.frame;

beforeAll(async () => {
  await opened.workbench.open(name);
  await opened.workbench.clickLens('Run');
  await opened.workbench.panel.shown();
  await opened.workbench.lens(/✓ \d+ claims?/).waitFor({ timeout: 60_000 });
}, 180_000);

describe('the results panel in the workbench', () => {
  it('scrubs all tiles with one slider', async () => {
    const slider = frame().getByRole('slider', { name: 'Moment of the training' });
    await slider.focus();
    await slider.press('Home');
    await expect.poll(() => frame().locator('.predictor .subtitle').textContent()).toContain('at step 0');
    await slider.press('End');
    await expect.poll(() => frame().locator('.predictor .subtitle').textContent()).toContain('at the end');
  });

  it('reads all series at the pointer', async () => {
    await frame()
      .locator('.curves canvas')
      .first()
      .hover({ position: { x: 200, y: 60 } });
    await expect.poll(() => frame().locator('.curves .tooltip-row').count()).toBe(13);
  });

  it('lights up the line of what the pointer is at', async () => {
    const lit = () =>
      opened.workbench.page.evaluate(
        () =>
          document.querySelectorAll('.monaco-editor[data-uri$=".lab.ts"] .view-overlays .cdr[class*="ced-"]').length,
      );
    await frame().locator('.trajectories h2').hover();
    await expect.poll(lit).toBe(0);
    await frame()
      .locator('.generalization canvas')
      .first()
      .hover({ position: { x: 200, y: 40 } });
    await expect.poll(lit).toBeGreaterThan(0);
    await frame().locator('.trajectories h2').hover();
  });

  it('isolates an entry of the legend', async () => {
    const entry = (label: string) => frame().getByRole('button', { name: label, exact: true });
    await entry('w = u² - v²').dblclick();
    await expect.poll(() => entry('w = θ').getAttribute('aria-pressed')).toBe('false');
    await expect.poll(() => entry('w = u² - v²').getAttribute('aria-pressed')).toBe('true');
    await entry('w = u² - v²').dblclick();
    await expect.poll(() => entry('w = θ').getAttribute('aria-pressed')).toBe('true');
  });

  it('comes back after a reload, and runs again', async () => {
    await opened.workbench.reload();
    await opened.workbench.panel.run();
    await opened.workbench.lens(/✓ \d+ claims?/).waitFor({ timeout: 60_000 });
    await expect.poll(() => frame().locator('.claim.holds').count()).toBe(4);
    await opened.workbench.screenshot('panel');
  }, 180_000);

  it('has nothing serious for axe-core', async () => {
    const frames = opened.workbench.page.frames();
    const isPanel = await Promise.all(
      frames.map((one) =>
        one
          .locator('main.charts')
          .count()
          .catch(() => 0),
      ),
    );
    const panel = frames[isPanel.findIndex((count) => count > 0)]!;
    expect(await seriousBarriers(panel)).toEqual([]);
  });
});
