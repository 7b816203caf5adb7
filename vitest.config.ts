import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/setup.ts'],
    // Real programs are run: on a slow machine, two at a time, some take more than a minute.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
