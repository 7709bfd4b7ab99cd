import { defineConfig } from 'vitest/config'

// Tests that compare the local store with the program itself: npm run test:api
export default defineConfig({
  test: {
    globals: true,
    environment: 'node',
    include: ['test/api/**/*.test.ts'],
    globalSetup: 'test/api/build.ts',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
