import { configDefaults, defineConfig } from 'vitest/config'

/** Some of these tests start real servers, which takes long on a busy machine. */
export default defineConfig({
  test: {
    // Those of Playwright and of what is built have runs of their own.
    exclude: [...configDefaults.exclude, 'src/built/**', 'src/examples/**'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
})
