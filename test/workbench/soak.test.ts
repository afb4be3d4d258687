import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { labFile } from '../labFiles.ts';
import { memoryOf, processesBelow } from '../reliability/family.ts';
import { cache } from '../tools/process.ts';
import { useWorkbench } from './driver/useWorkbench.ts';

const runs = Number(process.env.SOAK_RUNS ?? 12);

/** A quick experiment: the editor and the panel are to have as much to do as the engine. */
const text = (seeds: number, steps: number) =>
  labFile(`experiment('Soak', {
  problem: separable({ dimension: 10, train: 8, test: 50, sparsity: 2 }),
  parameterizations: { linear: linear() },
  optimizers: { GD: gd({ rate: 0.1 }) },
  steps: ${steps},
  seeds: ${seeds},
});
`);

const opened = useWorkbench({ 'soak.lab.ts': text(2, 50) });

/** Processes whose memory may grow, by a part of their command line. */
const kinds = { 'extension host': '--type=extensionHost', engine: 'dist/engine.js', page: '--type=renderer' };

/** What descends from the test runner's main process: VS Code, the browser, and what the extension has started. */
const all = () => processesBelow(process.ppid);

/** Resident memory by kind, in MiB. */
const memory = () =>
  Object.fromEntries(
    Object.entries(kinds).map(([kind, part]) => {
      const bytes = all()
        .filter(({ command }) => command.includes(part))
        .reduce((sum, { id }) => sum + memoryOf(id), 0);
      return [kind, Math.round(bytes / 2 ** 20)];
    }),
  );

beforeAll(async () => {
  await opened.workbench.open('soak.lab.ts');
  await opened.workbench.clickLens('Live');
  await opened.workbench.lens(/2 seeds · [\d.]+ s/).waitFor();
});

it.skipIf(process.platform !== 'linux')(
  `runs ${runs} times in one window, and leaves no process behind`,
  async () => {
    const { editor } = opened.workbench;
    const ofLab = () => all().filter(({ command }) => /dist\/(engine|evaluator)\.js/.test(command)).length;
    const samples: { runs: number; memory: Record<string, number> }[] = [];
    const before = ofLab();
    expect(before).toBeGreaterThan(0);
    await editor.goTo(1);
    for (let run = 1; run <= runs; run++) {
      const seeds = 2 + (run % 2);
      await editor.press('Control+A');
      await editor.insert(text(seeds, 50 + run));
      await editor.save();
      await opened.workbench.lens(new RegExp(`${seeds} seeds · [\\d.]+ s`)).waitFor();
      if (run % Math.ceil(runs / 10) === 0) samples.push({ runs: run, memory: memory() });
    }
    await expect.poll(ofLab).toBeLessThanOrEqual(before);
    for (const kind of Object.keys(kinds)) expect(samples.at(-1)!.memory[kind]).toBeGreaterThan(0);
    const folder = path.join(cache, 'reliability');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'soak.json'), JSON.stringify({ runs, before, after: ofLab(), samples }, null, 2));
  },
  60_000 + 10_000 * runs,
);
