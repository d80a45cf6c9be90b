/** What the BFF asks of Polar, as events name it, and how many milliseconds each answer may take. */
export const TIME_LIMITS_MS = {
  /**
   * Two refreshes at once can stop Polar for 30 seconds, and the answer of the first one still counts:
   * it may hold the only tokens that work.
   */
  refresh: 35_000,
  exchange: 35_000,
  /** Logout does not wait long for a Polar that does not answer. */
  revoke: 5000,
  introspect: 10_000,
  jwks: 5000,
  discovery: 5000,
  organizations: 5000,
  userinfo: 15_000,
  /** Until the first byte of an answer of the API. */
  // S59: a hanging Polar
  api: 15_000,
} as const

/** One kind of request to Polar. */
export type Operation = keyof typeof TIME_LIMITS_MS
