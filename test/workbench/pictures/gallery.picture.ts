import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'vitest';
import { root } from '../../tools/process.ts';
import { useWorkbench } from '../driver/useWorkbench.ts';

const files = ['sparse-classifier.lab.ts', 'matrix-completion.lab.ts'];
const gallery = path.join(root, 'media/gallery');
const opened = useWorkbench(
  Object.fromEntries(files.map((name) => [name, readFileSync(path.join(gallery, name), 'utf8')])),
);

const pictures = [
  { file: files[0], theme: 'Light Modern', name: 'light' },
  { file: files[1], theme: 'Dark Modern', name: 'dark' },
];

describe.each(pictures)('the workbench, $name', ({ file, theme, name }) => {
  it(`with ${file}`, async () => {
    const { workbench } = opened;
    await workbench.theme(theme);
    await workbench.open(file!);
    await workbench.clickLens('Run');
    await workbench.panel.shown();
    await workbench.lens(/✓ \d+ claims?/).waitFor({ timeout: 60_000 });
    await workbench.hideSideBar();
    await workbench.page.mouse.move(700, 950);
    await workbench.page.waitForTimeout(1500);
    await workbench.page.screenshot({ path: path.join(root, 'media/pictures', `${name}.png`) });
  });
});
