import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { EngineClient } from '../../../../extension/engine/client.ts';
import type { RunResult } from '../../../../extension/lab/results.ts';
import { dist, LabFolder, labText } from '../labFile.ts';
import { hasSoftwareDevice, withDevice } from './softwareDevice.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());

/** An engine that is installed where no package `webgpu` lies beside it, as the packed extension is. */
function installedEngine(): EngineClient {
  const installed = path.join(folder.path, 'installed');
  cpSync(dist, path.join(installed, 'dist'), { recursive: true, filter: (file) => !file.endsWith('.map') });
  folder.write('installed/package.json', '{ "type": "module" }');
  Object.assign(process.env, withDevice);
  return new EngineClient({ enginePath: path.join(installed, 'dist/engine.js') });
}

let engine: EngineClient | null = null;
afterEach(() => engine?.dispose());

async function firstRun(client: EngineClient, file: string): Promise<RunResult> {
  const results: RunResult[] = [];
  const request = { file, experiments: null, workers: 1, engine: 'gpu' } as const;
  await client.run(request, (event) => {
    if (event.type === 'ran') results.push(event.run);
  }).ended;
  return results[0];
}

describe('the package webgpu, while the engine goes on', { timeout: 60_000 }, () => {
  it('is looked for again by each request, beside its own file', async () => {
    engine = installedEngine();
    const [first, second] = ['first', 'second'].map((lab) => folder.write(`${lab}/a.lab.ts`, labText()));
    expect(await firstRun(engine, first)).toMatchObject({
      engine: 'cpu',
      fallback: "the package 'webgpu' is not installed (npm install webgpu)",
    });
    // A package that finds no device: that it was loaded shows in the reason.
    const name = 'first/node_modules/webgpu';
    folder.write(`${name}/package.json`, '{ "name": "webgpu", "main": "index.js", "type": "module" }');
    folder.write(
      `${name}/index.js`,
      'export const globals = {};\nexport const create = () => ({ requestAdapter: async () => null });',
    );
    expect((await firstRun(engine, first)).fallback).toBe('there is no GPU that WebGPU can use');
    expect((await firstRun(engine, second)).fallback).toMatch(/^the package 'webgpu' is not installed/);
    if (!hasSoftwareDevice) return;
    const real = fileURLToPath(new URL('../../../../node_modules/webgpu', import.meta.url));
    mkdirSync(path.join(folder.path, 'second/node_modules'));
    symlinkSync(real, path.join(folder.path, 'second/node_modules/webgpu'), 'dir');
    const onGpu = await firstRun(engine, second);
    expect(onGpu.fallback).toBeUndefined();
    expect(onGpu).toMatchObject({ engine: 'gpu', device: 'SwiftShader · WebGPU · float32' });
  });
});
