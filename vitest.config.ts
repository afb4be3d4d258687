import { defineConfig } from 'vitest/config';

/** The unit tests: no editor, no browser. */
export default defineConfig({
  // Many tests start the command line, some twice; a machine that is shared takes its time.
  test: { include: ['test/unit/**/*.test.ts'], testTimeout: 20_000, expect: { requireAssertions: true } },
});
