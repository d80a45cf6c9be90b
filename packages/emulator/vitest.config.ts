import { defineConfig } from 'vitest/config'

/** Modules keep no state between tests, so the files share them. That halves the time. */
export default defineConfig({ test: { isolate: false, testTimeout: 30_000 } })
