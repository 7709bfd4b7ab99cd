import { defineConfig } from 'vitest/config'

// Tests of the built program in a browser: npm run test:browser
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/browser/**/*.test.ts'],
    setupFiles: 'test/browser/failing.ts',
    globalSetup: 'test/browser/build.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
  },
})
