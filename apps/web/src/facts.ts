/**
 * What is true of the app as a whole, in one place. The addresses come from the environment of the
 * build, as docs/configuration.md lists them. A link without an address isn't shown.
 */
const env = import.meta.env ?? {}

export const NAME = env['VITE_APP_NAME'] || 'Polar Connect'

export const ADDRESSES = {
  privacy: env['VITE_PRIVACY_URL'] || undefined,
  terms: env['VITE_TERMS_URL'] || undefined,
  /** A page, or `mailto:` and an address. */
  help: env['VITE_HELP_URL'] || undefined,
} as const
