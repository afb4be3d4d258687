import { defineConfig } from 'vitest/config';

/** Tests that drive a real VS Code. They share its server and the browser, and two cores: one file at a time. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: ['./globalSetup.ts'],
    fileParallelism: false,
    expect: { poll: { timeout: 15_000, interval: 100 } },
    testTimeout: 60_000,
    // A click can meet VS Code on shared cores in the middle of drawing; the report says which test took two attempts.
    retry: 1,
    hookTimeout: 120_000,
  },
});
