import { defineConfig } from 'vitest/config'

/** All rooms in one run, each with the settings of its own. */
export default defineConfig({
  test: {
    projects: ['packages/*', 'apps/*'],
    // Two cores, shared: what takes a second elsewhere may take ten here.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
