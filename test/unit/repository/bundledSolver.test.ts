import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const room = path.join(import.meta.dirname, '../../../extension/lab/theory');

/** What the packed extension does: code without a file beside it, far from any `node_modules`. */
const script = `
import { isMainThread, Worker } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { leastL1Fit } from '${room}/leastL1.ts';
const w = await leastL1Fit(Float64Array.of(1, 2), 1, 2, Float64Array.of(6));
console.log(isMainThread ? 'process' : 'thread', w.join(' '));
if (isMainThread) new Worker(fileURLToPath(import.meta.url));
`;

it('linear programs are solved from the bundle, in a process and in a worker thread, and both end', async () => {
  // The very options of the build: what is tested is that they bring HiGHS along.
  const options = readFileSync(path.join(room, '../../../esbuild.config.mjs'), 'utf8');
  expect(options).toContain("'.wasm': 'binary'");
  expect(options).toContain("define: { BUNDLED: 'true' }");
  const folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-bundle-'));
  try {
    writeFileSync(path.join(folder, 'entry.ts'), script);
    await build({
      entryPoints: [path.join(folder, 'entry.ts')],
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      logLevel: 'silent',
      loader: { '.wasm': 'binary' },
      define: { BUNDLED: 'true' },
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      },
    });
    const { status, stdout } = spawnSync(process.execPath, [path.join(folder, 'entry.mjs')], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'process 0 3\nthread 0 3\n' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
