import { defineConfig } from 'vitest/config'

/** These tests start real servers, and lint, on a machine that may be busy. */
export default defineConfig({
  test: { testTimeout: 90_000, hookTimeout: 60_000, fileParallelism: false },
})
