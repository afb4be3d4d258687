import { beforeAll, expect, it } from 'vitest';
import { labFile, small } from '../labFiles.ts';
import { useWorkbench } from './driver/useWorkbench.ts';

const opened = useWorkbench({ 'small.lab.ts': labFile(small(), small({ name: 'Other' })) });

beforeAll(async () => {
  await opened.workbench.open('small.lab.ts');
});

it('shows lenses above each experiment', async () => {
  await opened.workbench.lens('Run').waitFor();
  await expect.poll(() => opened.workbench.lenses()).toEqual(['Run', 'Live', 'Run', 'Live']);
});

it('runs an experiment with one click: the panel opens and results stand beside the lines', async () => {
  await opened.workbench.clickLens('Run');
  await opened.workbench.panel.shown();
  await opened.workbench.lens(/1 of 2 claims · 2 seeds · [\d.]+ s/).waitFor();
  await expect.poll(() => opened.workbench.inlineResult(3)).toMatch(/^GD [\d.–]+ % · NGD [\d.–]+ % test error$/);
  const cell = String.raw`[\d.]+ % ± [\d.]+ [▁-█]+`;
  await expect.poll(() => opened.workbench.inlineResult(6)).toMatch(new RegExp(`^GD ${cell} · NGD ${cell}, n = 2$`));
  const apart = String.raw`(one path|2 paths): differ by up to [\d.e-]+ %(, starts by [\d.e-]+ %)?`;
  await expect.poll(() => opened.workbench.inlineResult(10)).toMatch(new RegExp(`^${apart}$`));
  await expect.poll(() => opened.workbench.inlineResult(11)).toMatch(new RegExp(`^${apart}$`));
  await expect.poll(() => opened.workbench.inlineResult(16)).toBe('✓');
  await expect.poll(() => opened.workbench.inlineResult(17)).toBe('✗ does not hold');
});

/** The heads of a table without the definitions that stand behind them. */
const headsOf = (cells: Element[]) =>
  cells.map((cell) => (cell.querySelector('.defined') ?? cell).firstChild?.textContent ?? '');

it('shows the predictions of theory in the panel, with NGD of the linear model on the minimum-norm fit', async () => {
  const { frame } = opened.workbench.panel;
  await frame.locator('.theory').scrollIntoViewIfNeeded();
  await expect
    .poll(() => frame.locator('.theory thead th').evaluateAll(headsOf))
    .toEqual([
      'run',
      'max L2 margin',
      'max L1 margin',
      'minimum-norm fit',
      'least-L1 fit',
      'max-margin KKT',
      'stationarity',
    ]);
  const row = frame.locator('.theory tbody tr').filter({ hasText: 'linear · NGD' });
  expect(await row.locator('td').nth(2).textContent()).toBe('0.0° ± 0.0');
  expect(await frame.locator('.theory thead th').nth(1).textContent()).toMatch(/converges to this direction/);
  await opened.workbench.screenshot('theory');
});

it('lists a claim that does not hold among the problems', async () => {
  await expect
    .poll(() => opened.workbench.problems())
    .toContainEqual(
      expect.stringMatching(
        /The claim “the moon is made of cheese” does not hold: mean\('GD', 'linear'\)\.test\.error = 0\.\d+; wanted: .* > 1Depth Lab/,
      ),
    );
  await opened.workbench.command('View: Toggle Panel Visibility');
});

it('shows a table when the pointer rests on a parameterization', async () => {
  await expect
    .poll(() => opened.workbench.editor.hover(6, 6))
    .toMatch(/train error.*test error.*gap.*linear.*GD.*NGD/s);
});

it('greys what belongs to a changed text, and takes it back with the change', async () => {
  const before = await opened.workbench.editor.colourAfter(6);
  const fresh = await opened.workbench.editor.colourAfter(7);
  await opened.workbench.editor.goTo(7, 60);
  await opened.workbench.editor.press('End', 'ArrowLeft', 'ArrowLeft');
  await opened.workbench.editor.type(' * 2');
  await expect.poll(() => opened.workbench.lenses()).toContainEqual(expect.stringContaining('text changed'));
  await expect.poll(() => opened.workbench.editor.colourAfter(7)).not.toBe(fresh);
  const own = await opened.workbench.editor.colourAfter(7);
  // Paths are compared across the parameterizations: one that changed is enough.
  await expect.poll(() => opened.workbench.editor.colourAfter(10)).toBe(own);
  expect(await opened.workbench.editor.colourAfter(6)).toBe(before);
  await opened.workbench.editor.goTo(13, 10);
  await opened.workbench.editor.type('1');
  await expect.poll(() => opened.workbench.editor.colourAfter(6)).toBe(own);
  for (let i = 0; i < 5; i++) await opened.workbench.editor.press('Backspace');
  await opened.workbench.command('File: Revert File');
  await expect.poll(() => opened.workbench.editor.colourAfter(6)).toBe(before);
});

it('keeps every lens while text is half-typed, and moves results along', async () => {
  const result = await opened.workbench.inlineResult(6);
  await opened.workbench.editor.goTo(2);
  await opened.workbench.editor.insert('const broken = (`\n');
  await expect.poll(() => opened.workbench.inlineResult(7)).toBe(result);
  await expect
    .poll(() => opened.workbench.lenses())
    .toEqual(['Run', 'Live', expect.stringContaining('claims'), 'Run', 'Live']);
  await opened.workbench.command('File: Revert File');
  await expect.poll(() => opened.workbench.inlineResult(6)).toBe(result);
});

it('saves what is on the screen when it is run from the panel', async () => {
  await opened.workbench.editor.replaceAll(labFile(small({ seeds: 3 }), small({ name: 'Other' })));
  await opened.workbench.panel.run();
  await opened.workbench.lens(/2 claims · 3 seeds · [\d.]+ s$/).waitFor();
});

it.each([
  ['dark', 'Dark Modern', '.vs-dark'],
  ['high-contrast', 'Dark High Contrast', '.hc-black'],
  ['light', 'Light Modern', '.vs'],
])('is shown in a %s theme', async (name, theme, kind) => {
  await opened.workbench.theme(theme);
  await opened.workbench.page.locator(`.monaco-workbench${kind}`).waitFor();
  await expect.poll(() => opened.workbench.inlineResult(3)).not.toBe('');
  await opened.workbench.screenshot(`editor-${name}`);
});
