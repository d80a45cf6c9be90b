/** How long anything may take in the browser, in milliseconds. `limits.test.ts` keeps their order. */

/** A small answer of the server. Longer than the server waits for a refresh, or logs out. */
export const ANSWER_MS = 25_000
/** The exchange of the code, as long as a person waits for it. */
export const EXCHANGE_MS = 20_000
/** A call and the refresh that it waits for. Longer than a refresh can take at Polar: 35 seconds. */
export const REFRESH_MS = 40_000

/** Waiting for another tab's lock. */
export const LOCK_MS = 10_000
/** The same for a tab's calls: it gives them up when it is asked. If it does not, it is stuck. */
export const CALLS_LOCK_MS = 2000

/** Polar answers with a token before it stores it: by milliseconds, without an upper bound. */
export const FRESH_MS = 3000
/** Between two tries with such a token: at first, and at most. */
export const FIRST_PAUSE_MS = 50
export const LONGEST_PAUSE_MS = 800

/** A pause after a 429 that names no time, and the longest that is believed. */
export const DEFAULT_PAUSE_MS = 30_000
export const MAX_PAUSE_MS = 900_000
/** Calls come back within this time after a pause. */
export const MAX_SPREAD_MS = 4000
