/**
 * A part of `npm run benchmark:live`: from the click on the first lens of a fresh window to the first curve in the panel.
 * Only figures of an idle machine count.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { it } from 'vitest';
import { vsixFile } from '../../tools/vsix.ts';
import { TemporaryFolder } from '../driver/folder.ts';
import { until } from '../driver/until.ts';
import { Workbench } from '../driver/workbench.ts';
import { startServer, TEST_SETTINGS } from '../server.ts';

const name = 'sparse-classifier.lab.ts';
const text = readFileSync(path.join(import.meta.dirname, '../../../media/gallery', name), 'utf8');

const LINE = text.split('\n').findIndex((line) => line.includes('u * u - v * v')) + 1;

/** Milliseconds from the click, in a server and a window that are new. */
interface Times {
  /** The lens tells of the run. */
  running: number;
  /** A number stands beside a line. */
  number: number;
  /** VS Code has made the frame of the panel. */
  frame: number;
  /** A curve is in it. */
  curve: number;
}

async function timesOfFirstClick(): Promise<Times> {
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
    const since = async (event: Promise<unknown>) => {
      await event;
      return performance.now() - began;
    };
    // The first tile, which is in sight: those below are drawn when they come into sight.
    const card = workbench.panel.frame.locator('.card.trajectories');
    await lens.click();
    const [running, number, frame, curve] = await Promise.all([
      since(workbench.lens(/Stop/).waitFor()),
      since(until(async () => /\d/.test(await workbench.inlineResult(LINE)), 30_000)),
      since(workbench.page.locator('iframe.webview.ready').first().waitFor()),
      since(card.waitFor().then(() => card.locator('.placeholder').waitFor({ state: 'hidden' }))),
    ]);
    return { running, number, frame, curve };
  } finally {
    await workbench.close();
    folder.dispose();
    await server.stop();
  }
}

it('shows the first curve soon after the first click', async () => {
  const all: Times[] = [];
  for (let i = 0; i < 5; i++) all.push(await timesOfFirstClick());
  const row = (name: string, of: keyof Times) => {
    const times = all.map((one) => one[of]).toSorted((a, b) => a - b);
    console.log(
      `| ${name.padEnd(58)} | ${[times[2], times[4]].map((time) => time?.toFixed(0).padStart(6)).join(' | ')} |`,
    );
  };
  console.log('\n| from the first click in a fresh window, in milliseconds     | median | slowest |');
  row('to the lens that tells of the run', 'running');
  row('to the first number beside a line', 'number');
  row('to the frame of the panel, which VS Code makes', 'frame');
  row('to the first curve in it', 'curve');
});
