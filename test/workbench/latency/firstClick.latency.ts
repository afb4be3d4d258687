/**
 * A part of `npm run benchmark:live`: from the click on the first lens of a fresh window to the first curve in the panel.
 * Only figures of an idle machine count.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { it } from 'vitest';
import { vsixFile } from '../../tools/vsix.ts';
import { TemporaryFolder } from '../driver/folder.ts';
import { Workbench } from '../driver/workbench.ts';
import { startServer, TEST_SETTINGS } from '../server.ts';

const name = 'sparse-classifier.lab.ts';
const text = readFileSync(path.join(import.meta.dirname, '../../../media/gallery', name), 'utf8');

/** Milliseconds between the click and the first curve, in a server and a window that are new. */
async function firstCurve(): Promise<number> {
  const server = await startServer({ extensions: [vsixFile], settings: TEST_SETTINGS, token: null });
  const folder = new TemporaryFolder({ [name]: text });
  const workbench = await Workbench.launch(folder.path, `http://127.0.0.1:${server.port}/`);
  try {
    await workbench.open(name);
    const lens = workbench.lens('Run');
    await lens.waitFor();
    // While somebody reads the file, the engine gets ready.
    await workbench.page.waitForTimeout(5000);
    const began = performance.now();
    await lens.click();
    const card = workbench.panel.frame.locator('.card.curves');
    await card.waitFor();
    await card.locator('.placeholder').waitFor({ state: 'hidden' });
    return performance.now() - began;
  } finally {
    await workbench.close();
    folder.dispose();
    await server.stop();
  }
}

it('shows the first curve soon after the first click', async () => {
  const times: number[] = [];
  for (let i = 0; i < 5; i++) times.push(await firstCurve());
  const [median] = times.toSorted((a, b) => a - b).slice(2);
  const all = times.map((time) => time.toFixed(0)).join(', ');
  console.log(
    `\n| from the first click in a fresh window to the first curve | median ${median?.toFixed(0)} ms | ${all} |`,
  );
});
