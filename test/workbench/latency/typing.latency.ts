/**
 * `npm run benchmark:live`: from a keystroke in the gallery's first experiment, with Live on, to the picture of the first
 * number that comes of it. Only figures of an idle machine count.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { vsixFile } from '../../tools/vsix.ts';
import { decorationsAfter } from '../driver/editor.ts';
import { useWorkbench } from '../driver/useWorkbench.ts';
import { type Server, startServer, TEST_SETTINGS } from '../server.ts';
import { engineStages, type Stages } from './engineStages.ts';

const gallery = path.join(import.meta.dirname, '../../../media/gallery/sparse-classifier.lab.ts');
const text = readFileSync(gallery, 'utf8');
const lines = text.split('\n');
const LINE = lines.findIndex((line) => line.includes('u * u - v * v')) + 1;
const COLUMN = (lines[LINE - 1] ?? '').indexOf('u: 0.1') + 7;
/** Digits typed after `u: 0.1`. */
const DIGITS = [...'123456789'];

let server: Server;
beforeAll(async () => {
  const settings = { ...TEST_SETTINGS, 'depthLab.store': '' };
  server = await startServer({ extensions: [vsixFile], settings, token: null });
});
afterAll(() => server?.stop());

const opened = useWorkbench({ 'typed.lab.ts': text }, () => `http://127.0.0.1:${server.port}/`);

/** Milliseconds from a key. */
interface Shown {
  /** The edit leaves the browser for the extension host. */
  sent: number;
  /** The first decoration that is made after the engine was asked arrives in the browser. */
  decorated: number;
  /** The first picture with a number that is marked as running. */
  first: number;
  /** The last one. */
  all: number;
}

/**
 * Watches from the next key on what comes of it, in the page. It looks when VS Code has drawn something, and after the
 * first number now and then: to look at each frame would keep the browser drawing. The time is that of the next frame,
 * when the picture is there.
 */
function watch(page: Page, line: number): Promise<Shown> {
  const inPage = (at: number, textsOf: (line: number) => { text: string }[]) =>
    new Promise<Shown>((resolve) => {
      const begin = () => {
        window.removeEventListener('keydown', begin, true);
        const began = performance.now();
        const since = (times: number[]) => (times.find((time) => time > began) ?? Number.NaN) - began;
        const frame = () => new Promise<number>((drawn) => requestAnimationFrame(drawn));
        let seen: Promise<number> | null = null;
        let timer = 0;
        const look = () => {
          const isRunning = textsOf(at).some(({ text: words }) => words.includes('…'));
          if (isRunning && !seen) {
            seen = frame();
            timer = window.setInterval(look, 15);
          }
          if (!seen || isRunning) return;
          observer.disconnect();
          window.clearInterval(timer);
          void Promise.all([seen, frame()]).then(([first, all]) => {
            const decorated = window.decorations.filter((time) => time > began && time < first).at(-1) ?? Number.NaN;
            resolve({
              sent: since(window.edits),
              decorated: decorated - began,
              first: first - began,
              all: all - began,
            });
          });
        };
        const observer = new MutationObserver(look);
        for (const lines of document.querySelectorAll('.view-lines'))
          observer.observe(lines, { subtree: true, childList: true, characterData: true, attributes: true });
      };
      window.addEventListener('keydown', begin, true);
    });
  return page.evaluate<Shown>(`(${inPage})(${line}, ${decorationsAfter})`);
}

declare global {
  interface Window {
    /** When edits were sent to the extension host, and when decorations came from it. */
    edits: number[];
    decorations: number[];
  }
}

/** Runs in the page before its own script: notes when messages of interest pass. */
function noteMessages(): void {
  window.edits = [];
  window.decorations = [];
  const textOf = (data: unknown) =>
    data instanceof ArrayBuffer || ArrayBuffer.isView(data)
      ? new TextDecoder('latin1').decode(data as ArrayBuffer)
      : '';
  const { send } = WebSocket.prototype;
  const heard = new WeakSet<WebSocket>();
  WebSocket.prototype.send = function (data) {
    if (textOf(data).includes('$acceptModelChanged')) window.edits.push(performance.now());
    if (!heard.has(this)) {
      heard.add(this);
      this.addEventListener('message', ({ data: received }) => {
        const now = performance.now();
        const note = (bytes: unknown) => {
          if (textOf(bytes).includes('$trySetDecorations')) window.decorations.push(now);
        };
        if (received instanceof Blob) void received.arrayBuffer().then(note);
        else note(received);
      });
    }
    send.call(this, data);
  };
}

function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`nothing was shown within ${milliseconds} ms`)), milliseconds).unref();
  });
  return Promise.race([promise, late]);
}

const at = (values: number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN;
const row = (name: string, values: number[]) =>
  console.log(
    `| ${name.padEnd(58)} | ${[0.5, 0.95].map((share) => at(values, share).toFixed(0).padStart(6)).join(' | ')} |`,
  );

/** Types digits, each once the one before is over, and takes each back. */
async function typed(digits: readonly string[]): Promise<Shown[]> {
  const { workbench } = opened;
  const { editor, page } = workbench;
  const shown: Shown[] = [];
  await editor.goTo(LINE, COLUMN);
  for (const digit of digits) {
    await workbench.lens(/4 claims/).waitFor({ timeout: 60_000 });
    // The spare processes start meanwhile, as they do while somebody thinks.
    await page.waitForTimeout(2500);
    const watched = watch(page, LINE);
    await page.waitForTimeout(200);
    await editor.type(digit);
    shown.push(await within(30_000, watched));
    await workbench.lens(/4 claims/).waitFor({ timeout: 60_000 });
    await editor.press('Backspace');
    await page.waitForTimeout(1000);
  }
  return shown;
}

it('shows what is typed', async () => {
  const { workbench } = opened;
  await workbench.open('typed.lab.ts');
  await workbench.clickLens('Live');
  await workbench.lens(/4 claims/).waitFor({ timeout: 120_000 });
  // In this workbench the panel is drawn by the thread that draws the editor, unlike on a desktop.
  await workbench.command('View: Close Editors in Other Groups');
  await workbench.page.evaluate(noteMessages);
  const shown = await typed(DIGITS);
  const edited = (digit: string) => text.replace('{ u: 0.1, v: 0.1 }', `{ u: 0.1${digit}, v: 0.1 }`);
  const stages = await engineStages(['', ...DIGITS].map(edited));
  const of = (stage: keyof Stages) => stages.map((one) => one[stage]);
  const between = (from: keyof Stages, to: keyof Stages) => stages.map((one) => one[to] - one[from]);
  console.log(`\n| from a keystroke in the gallery, ${shown.length} times, in milliseconds      | median |   95 % |`);
  console.log(`| ${'-'.repeat(58)} | -----: | -----: |`);
  row(
    'to the picture of the first number',
    shown.map(({ first }) => first),
  );
  row(
    '… until the edit leaves the browser',
    shown.map(({ sent }) => sent),
  );
  row(
    '… from there until the number comes back from the extension',
    shown.map(({ sent, decorated }) => decorated - sent),
  );
  row('… … of which the engine: the file is loaded', of('loaded'));
  row('… … … its grid is planned', between('loaded', 'planned'));
  row('… … … compiled, first steps, first sample', between('planned', 'sampled'));
  row('… … … together', of('sampled'));
  row(
    '… from there to the picture',
    shown.map(({ decorated, first }) => first - decorated),
  );
  row(
    'to the picture of all runs of the parameterization',
    shown.map(({ all }) => all),
  );
  row('the engine alone: the first seed of every changed cell', of('firstSeeds'));
});
