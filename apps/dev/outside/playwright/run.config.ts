/** The README's settings, and what they leave to the reader: the app, and the browser. */
import { defineConfig } from '@playwright/test'
import readme from './playwright.config.ts'

const { APP = '', CHROMIUM_PATH = '' } = process.env

export default defineConfig(readme, {
  webServer: { command: 'node app.ts', url: APP },
  use: {
    launchOptions: { executablePath: CHROMIUM_PATH, args: ['--no-sandbox', '--disable-gpu'] },
  },
})
