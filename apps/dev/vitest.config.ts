import { configDefaults, defineConfig } from 'vitest/config'

/** Some of these tests start real servers, on a machine that may be busy. */
export default defineConfig({
  test: {
    exclude: [...configDefaults.exclude, 'src/built/**'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
})
