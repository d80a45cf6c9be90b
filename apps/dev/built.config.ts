import { defineConfig } from 'vitest/config'

/** What is built and packed: sizes, and the packages as others install them. */
export default defineConfig({
  test: { include: ['src/built/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 600_000 },
})
