import { defineConfig } from 'vitest/config'

/** The unit tests of all packages and apps in one run, each with its own settings. */
export default defineConfig({ test: { projects: ['packages/*', 'apps/*'] } })
