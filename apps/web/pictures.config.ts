import config from './playwright.config.ts'

/** Takes the pictures of the screens, and tests nothing. */
export default {
  ...config,
  projects: [{ name: 'pictures', testMatch: 'pictures.ts', use: { runtime: 'node' } }],
}
