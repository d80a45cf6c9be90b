import { defineConfig } from 'vitest/config'

/** No module keeps anything between tests, so the files share one load of them: half the time. */
export default defineConfig({ test: { isolate: false, testTimeout: 30_000, hookTimeout: 60_000 } })
