/// <reference types="vite/client" />

/** The session call that `boot.js` started, before the app was there. */
declare var earlySession: Promise<Response> | undefined
