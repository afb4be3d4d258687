/**
 * When something is first to be seen, noted by the pages themselves: to ask a busy page over and over makes it busier, and
 * the answer comes more than a second late.
 */
import type { Page } from 'playwright-core';
import { decorationsAfter } from '../driver/editor.ts';
import { until } from '../driver/until.ts';

/** Milliseconds from the first click, to the frame after the one that shows it. */
export interface FirstSeen {
  /** The lens tells of the run. */
  running: number;
  /** A number stands beside the line. */
  number: number;
  /** The page of the panel has begun to load. */
  page: number;
  /** A curve is in it. */
  curve: number;
}

declare global {
  interface Window {
    /** Milliseconds since the epoch. */
    seen: Partial<Record<keyof FirstSeen | 'click', number>>;
  }
}

/**
 * To be called before the click.
 * @param line of the text, from 1
 */
export async function noteFirstSeen(page: Page, line: number): Promise<void> {
  await page.addInitScript(noteCurve);
  await page.evaluate(`(${noteInEditor})(${line}, ${decorationsAfter})`);
}

/** Waits until all is seen. */
export async function firstSeen(page: Page): Promise<FirstSeen> {
  const seen: Window['seen'] = {};
  await until(async () => {
    for (const frame of page.frames()) Object.assign(seen, await frame.evaluate(() => window.seen).catch(() => ({})));
    return ['running', 'number', 'curve'].every((name) => name in seen);
  }, 60_000);
  const since = (name: keyof FirstSeen) => (seen[name] ?? Number.NaN) - (seen.click ?? Number.NaN);
  return { running: since('running'), number: since('number'), page: since('page'), curve: since('curve') };
}

/** Runs in the window of the workbench. */
function noteInEditor(line: number, textsOf: (line: number) => { text: string }[]): void {
  window.seen = {};
  const now = () => performance.timeOrigin + performance.now();
  window.addEventListener('mousedown', () => (window.seen.click ??= now()), true);
  const find = {
    running: () => [...document.querySelectorAll('.codelens-decoration')].some((lens) => /Stop/.test(lens.textContent)),
    number: () => textsOf(line).some(({ text }) => /\d/.test(text)),
  };
  const open = new Set<keyof typeof find>(['running', 'number']);
  const observer = new MutationObserver(() => {
    for (const name of open) {
      if (!find[name]()) continue;
      open.delete(name);
      requestAnimationFrame(() => (window.seen[name] = now()));
    }
    if (open.size === 0) observer.disconnect();
  });
  for (const lines of document.querySelectorAll('.lines-content'))
    observer.observe(lines, { subtree: true, childList: true, characterData: true, attributes: true });
}

/** Runs in every frame that is made from then on, the panel's among them. */
function noteCurve(): void {
  const page = performance.timeOrigin;
  // VS Code writes the page anew into its frame, and no observer outlives that.
  const timer = window.setInterval(() => {
    // The first tile, which is in sight: those below are drawn when they come into sight.
    const card = document.querySelector('.card.trajectories');
    if (!card || card.closest('[hidden]') || !card.querySelector('.placeholder')?.hasAttribute('hidden')) return;
    window.clearInterval(timer);
    requestAnimationFrame(() => {
      window.seen = { page, curve: performance.timeOrigin + performance.now() };
    });
  }, 10);
}
