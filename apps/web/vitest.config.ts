/** Unit and component tests: one language, time zone and theme for all machines. What needs a DOM says so. */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

process.env['TZ'] = 'UTC'

export default defineConfig({
  plugins: [react()],
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'],
    css: true,
    setupFiles: ['src/testing/patience.ts'],
    // Conditions are waited for; this only ends a test that waits for what never comes.
    testTimeout: 60_000,
  },
})
