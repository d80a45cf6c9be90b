/** Unit and component tests: a DOM, and one language, time zone and theme for all machines. */
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

process.env['TZ'] = 'UTC'

export default defineConfig({
  plugins: [react()],
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'],
    css: true,
    setupFiles: ['src/testing/patience.ts'],
  },
})
