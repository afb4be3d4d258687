import { defineConfig } from 'vitest/config';

/** The unit tests: no editor, no browser. */
export default defineConfig({
  test: { include: ['test/unit/**/*.test.ts'] },
});
