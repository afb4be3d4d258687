import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Choice } from '../../../extension/engine/gpu/choice.ts';
import { decide, type Job, secondsOnCard, secondsOnCpu } from '../../../extension/engine/gpu/costs/decide.ts';
import {
  type CostTable,
  machineName,
  readTable,
  tableFile,
  writeTable,
} from '../../../extension/engine/gpu/costs/table.ts';
import { launchesOf, workOf, workOfEntries } from '../../../extension/lab/compiler/gpu/work.ts';
import {
  elementwise,
  factorization,
  gd,
  gradientFlow,
  linear,
  matrixCompletion,
  ngd,
  separable,
} from '../../../extension/lab/index.ts';
import { memberOf } from '../../../extension/lab/training/onGpu/member.ts';
import { STEP } from '../../../extension/lab/training/trainer.ts';
import { depthLab } from '../cli/depthLab.ts';
import { labText } from '../engine/labFile.ts';
import { plansOf } from './runs.ts';
import { hasSoftwareDevice, withDevice } from './softwareDevice.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-costs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const cpu = { call: 1e-6, launch: 0, flops: 4e9, words: 2e9 };
const card = { name: 'a card', isSoftware: false, rates: { call: 1e-4, launch: 5e-6, flops: 4e12, words: 1e11 } };
const table: CostTable = { version: 1, machine: machineName(), cpu, card, reason: null };

const none = { flops: 0, words: 0 };
/** A step of 4 million operations in 10 kernels: 1 ms on a thread of the processor, 51 µs on the card. */
const heavy: Job = {
  runs: 16,
  together: 16,
  steps: 1000,
  samples: 100,
  measure: none,
  step: { flops: 4e6, words: 1e4 },
  cardStep: { flops: 4e6, words: 1e4 },
  launches: 10,
  finish: none,
};

describe('what runs will take', () => {
  it('is steps, launches and calls, in rounds of threads or in groups', () => {
    expect(secondsOnCpu(heavy, table, 4)).toBeCloseTo(4 * (1000 * 1e-3 + 100 * 1e-6), 9);
    // The repetition of one run beside the card takes a second: longer than the card.
    expect(secondsOnCard(heavy, table)).toBeCloseTo(1 + 100 * 1e-6, 9);
    const long = { ...heavy, runs: 2048, together: 1024 };
    expect(secondsOnCard(long, table)).toBeCloseTo(2 * (1000 * (50e-6 + 1024e-6) + 100 * 1e-4), 9);
    // What the processor finishes of each step: 0.1 ms for each of 1024 runs.
    const mixed = { ...long, finish: { flops: 4e5, words: 1e4 } };
    expect(secondsOnCard(mixed, table)).toBeCloseTo(2 * (1000 * (50e-6 + 1024 * (1e-6 + 1e-4)) + 100 * 1e-4), 9);
  });

  it('decides where the card is clearly faster', () => {
    expect(decide(heavy, table, 4)).toEqual({
      engine: 'gpu',
      reason: 'predicted: 1 s on a card, 4 s on the CPU',
      card: 'a card',
    });
    expect(decide(heavy, table, 16)).toEqual({ engine: 'cpu', reason: 'predicted: 1 s on a card, 1 s on the CPU' });
    const light = { ...heavy, step: { flops: 100, words: 100 }, cardStep: { flops: 100, words: 100 } };
    expect(decide(light, table, 4).engine).toBe('cpu');
  });

  it('never decides for software, or for what nobody has measured', () => {
    const software = { ...table, card: { ...card, isSoftware: true } };
    expect(decide(heavy, software, 1)).toEqual({ engine: 'cpu', reason: 'a card is no graphics card, but software' });
    const without = { ...table, card: null, reason: 'there is no card' };
    expect(decide(heavy, without, 1)).toEqual({ engine: 'cpu', reason: 'there is no card' });
    expect(decide(heavy, null, 1).reason).toMatch(/no graphics card has been measured/);
  });
});

describe('the choice for the runs of a grid', () => {
  const large = matrixCompletion({ rows: 60, columns: 60, rank: 1, observed: 0.5 });
  const deep = plansOf({
    problem: large,
    parameterization: factorization({ depth: 3 }),
    optimizer: gd({ rate: 0.1 }),
    steps: 4000,
    seeds: Array.from({ length: 24 }, (_, i) => i + 1),
  });

  it('counts those that were asked for together', async () => {
    const choice = new Choice(() => table);
    const many = await Promise.all(deep.map((plan) => choice.of(plan, 2)));
    expect(new Set(many.map(({ engine }) => engine))).toEqual(new Set(['gpu']));
    expect(many[0].reason).toMatch(/^predicted: .* s on a card, .* s on the CPU$/);
    expect((await choice.of(deep[0], 2)).engine).toBe('cpu');
  });

  it('leaves to the processor what the card cannot do', async () => {
    const choice = new Choice(() => table);
    const few = separable({ dimension: 5, train: 4 });
    const reasons = await Promise.all(
      [gradientFlow({ until: 1 }), ngd({ rate: 0.1, solver: 'iterative' })].map((optimizer) => {
        const [plan] = plansOf({ problem: few, parameterization: linear(), optimizer, steps: 10 });
        return choice.of(plan, 1);
      }),
    );
    expect(reasons[0]).toEqual({ engine: 'cpu', reason: 'flows run on the CPU' });
    expect(reasons[1].reason).toMatch(/^natural gradients .* run on the CPU$/);
  });

  it('counts the operations of a step', () => {
    const member = memberOf(0, deep[0]);
    const { flops } = workOf(member.trainer.module.program, STEP, 'processor');
    // Two products forward and four backward of 60 × 60 matrices, some of them by observed entries alone.
    expect(flops).toBeGreaterThan(4 * 2 * 60 ** 3);
    expect(flops).toBeLessThan(8 * 2 * 60 ** 3);
    expect(launchesOf(member.printed)).toBe(member.printed.kernels.length);
  });

  it('counts what is left to the processor of a step in mixed precision', () => {
    const [plan] = plansOf({
      problem: separable({ dimension: 400, train: 300 }),
      parameterization: elementwise({ u: 0.01 }, ({ u }) => u + u * u * u),
      optimizer: ngd({ rate: 0.1 }),
      steps: 10,
    });
    const { portable } = memberOf(0, plan);
    const { flops } = workOfEntries(portable.finishing);
    // The factorization, and some products and solutions.
    expect(flops).toBeGreaterThan(300 ** 3 / 3);
    expect(flops).toBeLessThan(2 * (300 ** 3 / 3));
    expect(portable.finishing.every(({ module, entry }) => module.entry(entry) !== undefined)).toBe(true);
  });
});

describe('the table of costs', () => {
  it('is kept in the folder for caches, one file for each machine', () => {
    const file = tableFile({ XDG_CACHE_HOME: folder });
    expect(path.dirname(file)).toBe(path.join(folder, 'depth-lab'));
    expect(readTable(file)).toBe(null);
    writeTable(table, file);
    expect(readTable(file)).toEqual(table);
    writeTable({ ...table, machine: 'another' }, file);
    expect(readTable(file)).toBe(null);
    writeFileSync(file, '{"version": 0}');
    expect(readTable(file)).toBe(null);
  });

  it.skipIf(!hasSoftwareDevice)('counts for the card that was measured alone', { timeout: 60_000 }, async () => {
    const cacheFolder = path.join(folder, 'other');
    // So fast a card is always chosen; the one that is there is another.
    const rates = { call: 0, launch: 0, flops: 1e20, words: 1e20 };
    const slow = { ...cpu, launch: 1 };
    const keep = (name: string) =>
      writeTable({ ...table, cpu: slow, card: { ...card, name, rates } }, tableFile({ XDG_CACHE_HOME: cacheFolder }));
    keep('a card');
    const file = path.join(folder, 'auto.lab.ts');
    writeFileSync(file, labText({ rest: 'steps: 20, seeds: 8,' }));
    const env = { ...withDevice, XDG_CACHE_HOME: cacheFolder };
    const firstRun = async () => {
      const { stdout } = await depthLab(['run', file, '--json', '--workers', '1'], { env });
      return JSON.parse(stdout.split('\n')[0]);
    };
    expect(await firstRun()).toMatchObject({
      engine: 'cpu',
      reason: expect.stringMatching(/^predicted: .* s on a card, .* s on the CPU$/),
      fallback: 'the graphics card is SwiftShader, but a card was measured (depth-lab engine --calibrate)',
    });
    keep('SwiftShader');
    expect(await firstRun()).toMatchObject({
      engine: 'gpu',
      reason: expect.stringMatching(/^predicted: .* s on SwiftShader, .* s on the CPU$/),
      together: 8,
    });
  });

  it.skipIf(!hasSoftwareDevice)('is measured and shown by `depth-lab engine`', { timeout: 60_000 }, async () => {
    const env = { ...withDevice, XDG_CACHE_HOME: path.join(folder, 'cli') };
    const shown = await depthLab(['engine'], { env });
    expect(shown.status, shown.stderr).toBe(0);
    expect(shown.stdout).toMatch(/one thread of the CPU: .* GFLOP\/s/);
    expect(shown.stdout).toMatch(/SwiftShader: .* µs a kernel · .*\n {2}auto: the CPU: this is software/);
    const [first, second] = [
      await depthLab(['engine', '--json'], { env }),
      await depthLab(['engine', '--json'], { env }),
    ];
    expect(first.stdout).toBe(second.stdout);
    const measured = JSON.parse(first.stdout);
    expect(measured).toMatchObject({ kind: 'engine', version: 1, card: { name: 'SwiftShader', isSoftware: true } });
    expect(measured.card.rates.flops).toBeGreaterThan(1e6);
  });
});
