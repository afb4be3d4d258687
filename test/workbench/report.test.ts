/** A report in a browser, opened from the disk. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { labFile, small } from '../labFiles.ts';
import { root } from '../tools/process.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-report-'));
const report = path.join(folder, 'report.html');
/** What the page asked for and complained of. */
const [asked, problems]: [string[], string[]] = [[], []];
let browser: Browser;
let page: Page;

beforeAll(async () => {
  for (const name of ['one', 'two']) writeFileSync(path.join(folder, `${name}.lab.ts`), labFile(small()));
  const files = ['one.lab.ts', 'two.lab.ts'].map((name) => path.join(folder, name));
  const { status } = spawnSync(
    process.execPath,
    [path.join(root, 'dist/cli.js'), 'report', ...files, '--no-store', '--out', report],
    { stdio: 'ignore' },
  );
  expect(status).toBe(0);
  browser = await chromium.connect(inject('browser'));
  page = await browser.newPage({ colorScheme: 'dark' });
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(pathToFileURL(report).href);
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('shows the results with their charts, in the theme of the browser', async () => {
  await page.locator('.charts canvas:visible').first().waitFor();
  await expect.poll(() => page.locator('.facts').textContent()).toContain('seeds');
  await expect.poll(() => page.locator('body').getAttribute('class')).toContain('vscode-dark');
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(background).toBe('rgb(31, 31, 31)');
});

it('answers the reader, but runs nothing', async () => {
  const entry = page.locator('.legend button').first();
  await entry.click();
  await expect.poll(() => entry.getAttribute('aria-pressed')).toBe('false');
  await expect.poll(() => page.locator('.header-row vscode-button:visible').count()).toBe(0);
});

it('asks nothing of any network, and breaks no rule of its own', () => {
  const others = asked.filter((url) => url !== pathToFileURL(report).href && !url.startsWith('data:'));
  expect(others).toEqual([]);
  expect(problems).toEqual([]);
});
