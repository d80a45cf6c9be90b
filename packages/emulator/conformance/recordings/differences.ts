/** The intended differences between the emulator's answers and the recorded ones, with reasons. */

export interface Difference {
  /** Default: every file. */
  readonly file?: string
  /** Default: every recording. */
  readonly name?: string
  readonly differs: RegExp
  readonly reason: string
}

const SINCE = 'Polar changed it in September 2026, in every version. The recorded source is older.'

export const DIFFERENCES: readonly Difference[] = [
  { differs: /^adds .*\.is_deletable$/, reason: SINCE },
  { differs: /^adds .*items\[\]\.(start|end)_timestamp$/, reason: SINCE },
  { differs: /^adds \$\.active_subscriptions\[\]\.(seats|units)$/, reason: SINCE },
  {
    differs: /^lacks .*\.(embed_hosts_enforced|(seat|unit)_based_pricing_enabled)$/,
    reason: SINCE,
  },
  { differs: /^adds .*\.feature_settings\.frame_ancestors_enforced$/, reason: SINCE },
  {
    file: 'oauth-discovery',
    name: 'jwks',
    differs: /^adds \$\.keys\[\]\.use$/,
    reason: "The key of the recorded run had no `use`. Production's keys were not seen.",
  },
  {
    file: 'checkouts',
    name: 'create, custom',
    differs: /^words .*does not accept email/,
    reason: 'The recorded run had no name service, so it said that the domain does not exist.',
  },
]

const MANY_CALLS = 'It needs a minute of calls. rate-limit.test.ts tests it.'

/** Recordings that are not replayed. The key is `file: name`. */
export const NOT_REPLAYED: Readonly<Record<string, string>> = {
  'errors: 429, a bearer that is never good, its 61st call in a minute': MANY_CALLS,
  'errors: 200, sandbox': 'It is another environment. reach.test.ts tests its header.',
  'errors: 429, the app’s calls of a minute are used up, with an Origin': MANY_CALLS,
  'errors: 429, token endpoint, by address': MANY_CALLS,
}
