import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** `npm run benchmark:live`: how soon the workbench shows what was typed. */
export default defineConfig({
  test: {
    root: path.join(import.meta.dirname, '../../..'),
    include: ['test/workbench/latency/*.latency.ts'],
    globalSetup: ['test/workbench/globalSetup.ts'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
