/**
 * `npm run benchmark:gpu`: run-steps a second on the GPU and on the CPU, over the size of the model and
 * the number of runs side by side, and before that PyTorch's on the same GPU where it knows CUDA. The lab's own
 * code is bundled for it, with this thread as the only one.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { cache, root } from '../tools/process.ts';

const outfile = path.join(cache, 'gpuThroughput.mjs');
await build({
  entryPoints: [path.join(root, 'test/benchmark/gpuThroughput.ts')],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: ['webgpu', 'gl'],
  loader: { '.wasm': 'binary' },
  define: { BUNDLED: 'true' },
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
spawnSync('/usr/bin/python3', [path.join(root, 'test/benchmark/gpuPeers.py')], { stdio: 'inherit' });
await import(pathToFileURL(outfile).href);
