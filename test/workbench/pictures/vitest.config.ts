import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** `npm run pictures`: takes the README's pictures of the real workbench, anew. */
export default defineConfig({
  test: {
    root: path.join(import.meta.dirname, '../../..'),
    include: ['test/workbench/pictures/*.picture.ts'],
    globalSetup: ['test/workbench/globalSetup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
