import { afterAll, beforeAll, expect, it } from 'vitest';
import { TemporaryFolder } from './driver/folder.ts';
import { Workbench } from './driver/workbench.ts';

const folder = new TemporaryFolder({
  'first.lab.ts': "import { experiment } from 'depth-lab';\n\nexperiment('One', {\n  parameterizations: {},\n});\n",
});
let workbench: Workbench;

beforeAll(async () => {
  workbench = await Workbench.launch(folder.path);
});

afterAll(async () => {
  await workbench?.close();
  folder.dispose();
});

it('opens a lab file', async () => {
  await workbench.open('first.lab.ts');
  await workbench.screenshot('opened');
  expect(await workbench.page.locator('.view-line').first().textContent()).toContain('import');
});
