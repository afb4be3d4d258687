import { beforeAll, expect, it } from 'vitest';
import { labFile, small } from '../labFiles.ts';
import { appears, until } from './driver/until.ts';
import { useWorkbench } from './driver/useWorkbench.ts';

const opened = useWorkbench({ 'language.lab.ts': labFile(small()) });

beforeAll(async () => {
  await opened.workbench.open('language.lab.ts');
  await opened.workbench.lens('Run').waitFor();
});

it('mends a name in a claim with the first quick fix', async () => {
  const { editor, page } = opened.workbench;
  await editor.replaceAll(
    labFile(small()).replace(".mean('GD', 'linear').test.error > 1", ".mean('GDD', 'linear').test.error > 1"),
  );
  await expect
    .poll(() => opened.workbench.problems())
    .toContainEqual(expect.stringMatching(/There is no optimizer 'GDD'/));
  await opened.workbench.command('View: Toggle Panel Visibility');
  await editor.goTo(17, 67);
  const fix = page.locator('.action-widget .monaco-list-row').filter({ hasText: "Write 'GD'" });
  // While TypeScript is still loading the file, VS Code may say that there are none.
  await until(async () => {
    await editor.press('Escape', 'Control+.');
    return appears(fix, 3000);
  }, 30_000);
  await opened.workbench.screenshot('quick-fix');
  // It is the preferred one, so it has the focus.
  await editor.press('Enter');
  await expect.poll(() => editor.text(17)).toContain("result.mean('GD', 'linear').test.error > 1");
});

it('completes the names of the experiment in a claim', async () => {
  const { editor } = opened.workbench;
  await editor.goTo(17, 64);
  const offered = await editor.completions('NGD');
  expect(offered.slice(0, 2)).toEqual(['GD', 'NGD']);
  await opened.workbench.screenshot('names');
  await editor.press('Escape');
});

it('runs, and says how its claims came out', async () => {
  await opened.workbench.clickLens('Run');
  await opened.workbench.lens(/1 of 2 claims/).waitFor();
});

it.each(['Dark Modern', 'Light Modern', 'Dark High Contrast'])(
  'shows the mathematics of a parameterization, %s',
  async (theme) => {
    const { editor } = opened.workbench;
    await opened.workbench.theme(theme);
    await expect
      .poll(() => editor.hover(7, 7), { timeout: 20_000 })
      .toMatch(/w = u² − v².*∂w\/∂v = −2 v.*80 parameters.*rank of ∂w\/∂θ/s);
    await editor.goTo(7, 7);
    await editor.press('Control+K', 'Control+I');
    await opened.workbench.page.locator('.monaco-hover:visible').first().waitFor();
    await opened.workbench.screenshot(`hover-${theme.replaceAll(' ', '-').toLowerCase()}`);
    await editor.press('Escape');
  },
);
