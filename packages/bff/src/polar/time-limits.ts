/** How long we wait for Polar, in milliseconds. */
export const TIME_LIMITS_MS = {
  /**
   * Exchange and refresh. Two refreshes at once can stop Polar for 30 seconds, and the answer of the
   * first one still counts: it may hold the only tokens that work.
   */
  token: 35_000,
  /** Logout does not wait long for a Polar that does not answer. */
  revoke: 5000,
  introspect: 10_000,
  /** Discovery, keys, names. */
  lookup: 5000,
  /** Until the first byte of an answer of the API. */
  // S59: a hanging Polar
  api: 15_000,
} as const
