import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The unit tests: no editor, no browser. */
export default defineConfig({
  // Parts of scripts in Python and of programs in C are texts, as in the bundle.
  plugins: [
    {
      name: 'texts of other languages',
      enforce: 'pre',
      transform: (code, id) => (/\.(?:py|c)$/.test(id) ? `export default ${JSON.stringify(code)}` : undefined),
    },
  ],
  // Some tests import lab files.
  resolve: { alias: { 'depth-lab': fileURLToPath(new URL('extension/lab/index.ts', import.meta.url)) } },
  // Tests train, unless they are about the store.
  // Many tests start the command line, some twice; a machine that is shared takes its time.
  test: {
    include: ['test/unit/**/*.test.ts'],
    testTimeout: 60_000,
    // One core is left idle otherwise: half of the tests wait for processes.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    env: { DEPTH_LAB_STORE: 'off' },
    expect: { requireAssertions: true },
  },
});
