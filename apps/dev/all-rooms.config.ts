import { defineConfig } from 'vitest/config'

/** All rooms in one run, each with the settings of its own. */
export default defineConfig({ test: { projects: ['packages/*', 'apps/*'] } })
