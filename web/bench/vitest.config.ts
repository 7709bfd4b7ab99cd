import { defineConfig } from 'vitest/config'

// Measures the built program in a browser: make bench-web
export default defineConfig({
  test: { environment: 'node', include: ['bench/*.test.ts'], testTimeout: 900_000, maxWorkers: 1 },
})
