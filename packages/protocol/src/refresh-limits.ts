/** The time limits of a refresh that browser and server share. */

/**
 * A browser refreshes, under its own lock, if the access token has less than these seconds left. The
 * server waits longer, so that the browser can go first.
 */
export const BROWSER_REFRESH_SECONDS = 60

/**
 * How long a call waits at the server for a refresh. Then it fails with `refresh_timeout`. The refresh
 * continues, and the next call uses its result.
 */
export const REFRESH_WAIT_SECONDS = 10
