import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findExperiments } from '../../extension/definitions/index.ts';
import { root } from '../tools/process.ts';
import { useWorkbench } from './driver/useWorkbench.ts';

const gallery = path.join(root, 'media/gallery');
const files = readdirSync(gallery).filter((name) => name.endsWith('.lab.ts'));
const texts = Object.fromEntries(files.map((name) => [name, readFileSync(path.join(gallery, name), 'utf8')]));

const data = readdirSync(path.join(gallery, 'data')).filter((name) => name.endsWith('.csv'));
const tables = data.map((name) => [`data/${name}`, readFileSync(path.join(gallery, 'data', name), 'utf8')]);
/** What is run with a click; the claims of all files are checked on the command line. */
const runs = ['sparse-classifier', 'matrix-completion', 'networks-on-one-path', 'invariance', 'digits'];

const opened = useWorkbench({ ...texts, ...Object.fromEntries(tables) });

describe.each(files)('the gallery: %s', (file) => {
  it('has no problems, and a lens above each experiment', async () => {
    await opened.workbench.open(file);
    // Lenses are drawn where they can be seen.
    await opened.workbench.editor.goTo(firstCall(texts[file]!)[0]);
    await opened.workbench.lens('Run').waitFor();
    // The import is resolved once the editor knows what its names are; for the first file TypeScript has to start.
    const named = () => opened.workbench.editor.hover(...firstCall(texts[file]!));
    await expect.poll(named, { timeout: 60_000 }).toContain('experiment');
    await expect.poll(() => opened.workbench.problems(), { timeout: 60_000 }).toEqual([]);
    await opened.workbench.command('View: Toggle Panel Visibility');
  }, 180_000);
});

describe.each(runs.map((name) => `${name}.lab.ts`))('the gallery: %s', (file) => {
  it('runs with one click: curves grow, results stand beside the lines, all claims hold', async () => {
    await opened.workbench.open(file);
    const [line] = firstCall(texts[file]!);
    await opened.workbench.clickLens('Run');
    await opened.workbench.panel.shown();
    await expect.poll(() => opened.workbench.inlineResult(line)).not.toBe('');
    await opened.workbench.lens(/✓ \d+ claims?/).waitFor({ timeout: 50_000 });
    await opened.workbench.screenshot(`gallery-${file}`);
  });
});

function firstCall(text: string): [line: number, column: number] {
  const { line, column } = findExperiments(text)[0]!;
  return [line, column + 2];
}
