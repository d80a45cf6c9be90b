/** What an emulator is made with. Everything else is set through its controls. */
import type { Clock } from './world/clock.ts'
import type { DelayRange } from './world/commits.ts'
import type { ProfileName } from './world/profile.ts'
import type { DatasetName } from './seed/dataset-name.ts'

export interface EmulatorOptions {
  /** Addresses that apps may return to. `http://localhost:5173/auth/callback` by default. */
  readonly redirectUris?: readonly string[]
  /** The seeded client; `DEFAULT_CLIENT_ID` and `DEFAULT_CLIENT_SECRET` by default. */
  readonly clientId?: string
  readonly clientSecret?: string
  /** `small` by default. */
  readonly dataset?: DatasetName
  /** The same number gives the same data, delays and orders. 1 by default. */
  readonly seed?: number
  /** A file to come back from after a restart. Without it, everything ends with the process. */
  readonly stateFile?: string
  /** `2026-08` plays Polar before it changed its issuer. `2026-11`, the newest, by default. */
  readonly asOf?: ProfileName
  /** An issuer other than that of `asOf`: discovery, ID tokens, introspection and callbacks name it. */
  readonly issuer?: string
  /**
   * Milliseconds, shortest and longest, for which an answered write of the OAuth endpoints stays
   * unseen. Each delay is drawn from `seed`. `[0, 0]` commits before the answer, which Polar does not.
   */
  readonly commitDelayMs?: DelayRange
  /**
   * What a refresh gets that meets another one of the same token. `stall`, as at Polar and by
   * default: 500 after 30 seconds, in which every other request waits. `one_wins`: 400. `all_win`:
   * a pair of its own.
   */
  readonly concurrentRefreshes?: 'stall' | 'one_wins' | 'all_win'
  /** Where it is reached without a socket. `listen` sets it to the address that it listens on. */
  readonly origin?: string
  readonly clock?: Clock
}
