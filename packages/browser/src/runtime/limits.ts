/** All time limits of the browser, in milliseconds unless their name says seconds. `limits.test.ts` checks their order. */

/** For a small answer. Longer than the server takes for a logout or waits for a refresh. */
export const ANSWER_MS = 25_000
/** For the exchange of the code: as long as a person waits. */
export const EXCHANGE_MS = 20_000
/** For a call that waits for a refresh. Longer than a refresh can take at Polar: 35 seconds. */
export const REFRESH_MS = 40_000

/** For another tab's lock. */
export const LOCK_MS = 10_000
/** For the calls of another tab. It aborts them on request; a tab that does not is stuck. */
export const CALLS_LOCK_MS = 2000

/** Polar answers with a token before it stores it. That takes milliseconds, with no fixed limit. */
export const FRESH_MS = 3000
/** The pause between retries with such a token: the first, and the longest. */
export const FIRST_PAUSE_MS = 50
export const LONGEST_PAUSE_MS = 800

/** The pause if a server names no time to wait. */
export const DEFAULT_PAUSE_SECONDS = 30
/** The longest accepted pause. */
export const MAX_PAUSE_SECONDS = 900
/** Calls retry within this time after a pause. */
export const MAX_SPREAD_MS = 4000
