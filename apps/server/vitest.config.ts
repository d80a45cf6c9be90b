import { defineConfig } from 'vitest/config'

/** No module keeps state between tests, so the test files share loaded modules: half the time. */
export default defineConfig({ test: { isolate: false, testTimeout: 30_000 } })
