/** The limits of a refresh that browser and server must agree on. */

/**
 * A browser refreshes if the access token has less than these seconds left, under its own lock. The
 * server waits longer than that, so that it does not overtake a browser that is about to refresh.
 */
export const BROWSER_REFRESH_SECONDS = 60

/**
 * How long a call waits at the server for a refresh. Then it fails with `refresh_timeout`. The
 * refresh itself continues, and the next call uses its result.
 */
export const REFRESH_WAIT_SECONDS = 10
