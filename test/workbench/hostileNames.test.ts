import { beforeAll, expect, it } from 'vitest';
import { labFile } from '../labFiles.ts';
import { useWorkbench } from './driver/useWorkbench.ts';

const MARKUP = '<img src=x onerror="document.title=1">';

/** An experiment whose names are all hostile; each expression is computed, so that the text itself stays short. */
const hostile = (name: string, others = name) => `experiment(${name}, {
  problem: separable({ dimension: 10, train: 8, test: 50, sparsity: 2 }),
  parameterizations: {
    [${others} + ' p']: linear(),
  },
  optimizers: {
    [${others} + ' o']: gd({ rate: 0.1, normalized: true }),
  },
  steps: 50,
  seeds: 1,
  claims: { [${others} + ' c']: () => false },
});
`;

const text = labFile(
  hostile(`'${MARKUP}'`),
  hostile(`'${MARKUP} long ' + 'x'.repeat(100_000)`),
  hostile(`'\\u202egpj.exe ' + 'שלום'`),
  hostile(`'$(trash) 😀'.repeat(3) + '\\n# [a](command:b) \\u001b[31m'`),
);

const opened = useWorkbench({ 'hostile.lab.ts': text });

beforeAll(async () => {
  await opened.workbench.hideSideBar();
  await opened.workbench.open('hostile.lab.ts');
});

/** What is shown anywhere in the window, but for the text of the file. */
const pictures = () => opened.workbench.page.locator('img[src="x"]').count();

it('shows hostile names in lenses and results as they are, in one line', async () => {
  await opened.workbench.clickLens('Run');
  await opened.workbench.lens('claim').waitFor({ timeout: 60_000 });
  for (const lens of await opened.workbench.lenses()) expect(lens.length).toBeLessThan(600);
  await opened.workbench.clickLens('Run all');
  await expect
    .poll(async () => (await opened.workbench.lenses()).filter((lens) => lens.includes('claim')).length, {
      timeout: 90_000,
    })
    .toBeGreaterThanOrEqual(4);
  const lenses = await opened.workbench.lenses();
  expect(lenses.join('\n')).toContain('\\u202egpj.exe');
  expect(lenses.join('\n')).toContain('$(trash)');
  for (const lens of lenses) {
    expect(lens.length).toBeLessThan(600);
    expect(lens).not.toMatch(/[\u202e\n]/);
  }
  await opened.workbench.screenshot('hostile-lenses');
  expect(await pictures()).toBe(0);
});

it('shows them in the panel, its title and the Problems pane', async () => {
  await opened.workbench.lens(/gpj/).click();
  const body = opened.workbench.panel.frame.locator('body');
  await expect.poll(() => body.textContent(), { timeout: 30_000 }).toContain('gpj.exe');
  const shown = (await body.textContent()) ?? '';
  expect(shown).not.toContain('\u202e');
  expect(await body.locator('img').count()).toBe(0);
  expect((await opened.workbench.problems()).every((row) => row.length < 600)).toBe(true);
  await opened.workbench.screenshot('hostile-panel');
  for (const tab of await opened.workbench.page.locator('.tab .label-name').allTextContents()) {
    expect(tab.length).toBeLessThan(120);
  }
  expect(await pictures()).toBe(0);
});
