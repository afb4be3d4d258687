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
import { type FirstSeen, firstSeen, noteFirstSeen } from './firstSeen.ts';

const name = 'sparse-classifier.lab.ts';
const text = readFileSync(path.join(import.meta.dirname, '../../../media/gallery', name), 'utf8');

const LINE = text.split('\n').findIndex((line) => line.includes('u * u - v * v')) + 1;

/** In a server and a window that are new. */
async function timesOfFirstClick(): Promise<FirstSeen> {
  const server = await startServer({ extensions: [vsixFile], settings: TEST_SETTINGS, token: null });
  const folder = new TemporaryFolder({ [name]: text });
  const workbench = await Workbench.launch(folder.path, `http://127.0.0.1:${server.port}/`);
  try {
    await workbench.open(name);
    const lens = workbench.lens('Run');
    await lens.waitFor();
    // While somebody reads the file, the engine gets ready.
    await workbench.page.waitForTimeout(5000);
    await noteFirstSeen(workbench.page, LINE);
    await lens.click();
    return await firstSeen(workbench.page);
  } finally {
    await workbench.close();
    folder.dispose();
    await server.stop();
  }
}

it('shows the first curve soon after the first click', async () => {
  const all: FirstSeen[] = [];
  for (let i = 0; i < 5; i++) all.push(await timesOfFirstClick());
  const row = (name: string, of: keyof FirstSeen) => {
    const times = all.map((one) => one[of]).toSorted((a, b) => a - b);
    console.log(
      `| ${name.padEnd(58)} | ${[times[2], times[4]].map((time) => time?.toFixed(0).padStart(6)).join(' | ')} |`,
    );
  };
  console.log('\n| from the first click in a fresh window, in milliseconds     | median | slowest |');
  row('to the lens that tells of the run', 'running');
  row('to the first number beside a line', 'number');
  row('to the page of the panel, whose frame VS Code makes', 'page');
  row('to the first curve in it', 'curve');
});
