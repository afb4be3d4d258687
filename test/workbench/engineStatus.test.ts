import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { findCompiler } from '../../extension/engine/native/compiler.ts';
import { labFile, small } from '../labFiles.ts';
import { until } from './driver/until.ts';
import { useWorkbench } from './driver/useWorkbench.ts';

/** Some seconds of training in WebAssembly. */
const long = `import { experiment, gd, linear, separable } from 'depth-lab';

experiment('Long', {
  problem: separable({ dimension: 1000, train: 500, test: 20 }),
  parameterizations: { linear: linear() },
  optimizers: { GD: gd({ rate: 0.05 }) },
  steps: 2000,
});
`;

const opened = useWorkbench({
  'small.lab.ts': labFile(small(), small({ name: 'Other' })),
  'long.lab.ts': long,
  'notes.txt': '',
});

const text = async () => (await opened.workbench.engineStatus.textContent())?.trim();

beforeAll(async () => {
  await opened.workbench.open('small.lab.ts');
});

it('is the setting before anything has run', async () => {
  await expect.poll(text).toBe('Depth Lab: engine auto');
});

it('is what computed the runs, and why', async () => {
  await opened.workbench.clickLens('Run');
  await expect.poll(text).toBe('Depth Lab: CPU · WebAssembly SIMD');
  await opened.workbench.engineStatus.hover();
  await opened.workbench
    .hover(/Small, 8 runs:.*CPU · float64 \(WebAssembly SIMD\): 8 of 8 runs.*Why.*no GPU.*: 8 of 8/s)
    .waitFor();
  await opened.workbench.screenshot('engine-status');
});

it.skipIf(findCompiler() === null)('is compiled C for a long run (skipped where there is no compiler)', async () => {
  const { workbench } = opened;
  await workbench.open('long.lab.ts');
  await workbench.clickLens('Run');
  await workbench.engineStatus.hover();
  await workbench.hover(/Long, 1 run:.*CPU · float64 \(compiled C\): 1 of 1 runs/s).waitFor();
  await workbench.screenshot('engine-compiled');
  await workbench.open('small.lab.ts');
});

it('offers the engines when it is clicked, and the next run is asked of the one that is chosen', async () => {
  const { workbench } = opened;
  await workbench.engineStatus.click();
  expect(await workbench.choices()).toEqual([
    expect.stringMatching(/^autoas now/),
    expect.stringMatching(/^cpu/),
    expect.stringMatching(/^gpu/),
  ]);
  await workbench.screenshot('engine-choices');
  await workbench.choose(/^gpu/);
  const settings = path.join(opened.folder.path, '.vscode/settings.json');
  await until(async () => existsSync(settings));
  await expect.poll(() => readFileSync(settings, 'utf8')).toMatch(/"depthLab.engine": "gpu"/);
  await workbench.clickLens('Run');
  await workbench.engineStatus.hover();
  await workbench.hover(/8 runs:.*Why not on the GPU:.*'webgpu' is not installed/s).waitFor();
});

it('is there as long as a lab file is edited or the results panel can be seen', async () => {
  const { workbench } = opened;
  await workbench.open('notes.txt');
  await expect.poll(text).toBe('Depth Lab: CPU · WebAssembly SIMD');
  await workbench.command('View: Close All Editors');
  await workbench.engineStatus.waitFor({ state: 'hidden' });
});
