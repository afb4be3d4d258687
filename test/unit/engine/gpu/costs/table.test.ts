import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readTable, tableFile, writeTable } from '../../../../../extension/engine/gpu/costs/table.ts';
import { depthLab } from '../../../commandLine/depthLab.ts';
import { labText } from '../../labFile.ts';
import { hasSoftwareDevice, withDevice, withoutDevice } from '../softwareDevice.ts';
import { cpu, gpu, table } from './machine.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-costs-'));
afterAll(() => rmSync(folder, { recursive: true }));

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

  it.skipIf(!hasSoftwareDevice)('counts for the GPU that was measured alone', { timeout: 60_000 }, async () => {
    const cacheFolder = path.join(folder, 'other');
    // So fast a GPU is always chosen; the one that is there is another.
    const rates = { call: 0, launch: 0, flops: 1e20, words: 1e20 };
    const slow = { ...cpu, launch: 1 };
    const keep = (name: string) =>
      writeTable({ ...table, cpu: slow, gpu: { ...gpu, name, rates } }, tableFile({ XDG_CACHE_HOME: cacheFolder }));
    keep('a GPU');
    const file = path.join(folder, 'auto.lab.ts');
    writeFileSync(file, labText({ rest: 'steps: 20, seeds: 8,' }));
    const env = { ...withDevice, XDG_CACHE_HOME: cacheFolder };
    const firstRun = async () => {
      const { stdout } = await depthLab(['run', file, '--json', '--workers', '1'], { env });
      return JSON.parse(stdout.split('\n')[0]);
    };
    expect(await firstRun()).toMatchObject({
      engine: 'cpu',
      reason: expect.stringMatching(/^predicted: .* s on a GPU, .* s on the CPU$/),
      fallback: 'the GPU is SwiftShader, but a GPU was measured (depth-lab engine --calibrate)',
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
    expect(measured).toMatchObject({ kind: 'engine', version: 2, gpu: { name: 'SwiftShader', isSoftware: true } });
    expect(measured.gpu.rates.flops).toBeGreaterThan(1e6);
  });

  it.skipIf(!hasSoftwareDevice)('is measured anew when a GPU has appeared', { timeout: 60_000 }, async () => {
    const cache = { XDG_CACHE_HOME: path.join(folder, 'appeared') };
    const measured = async (env: Record<string, string>) =>
      JSON.parse((await depthLab(['engine', '--json'], { env: { ...env, ...cache } })).stdout);
    const before = await measured(withoutDevice);
    expect(before).toMatchObject({ gpu: null, reason: expect.any(String) });
    expect(await measured(withoutDevice)).toEqual(before);
    expect(await measured(withDevice)).toMatchObject({ gpu: { name: 'SwiftShader' }, reason: null });
  });
});
