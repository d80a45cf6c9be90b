/// <reference types="vite/client" />

/** The session call that `boot.js` started, before the app was there. */
declare var earlySession: Promise<Response> | undefined

interface ImportMetaEnv {
  readonly VITE_APP_NAME?: string
  readonly VITE_PRIVACY_URL?: string
  readonly VITE_TERMS_URL?: string
  readonly VITE_HELP_URL?: string
}
