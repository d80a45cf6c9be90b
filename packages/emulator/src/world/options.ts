/** The options of `createEmulator`. The controls set everything else. */
import type { Clock } from '../runtime/clock.ts'
import type { DelayRange } from './commits.ts'
import type { ProfileName } from './profile.ts'
import type { DatasetName } from '../seed/dataset-name.ts'

export interface EmulatorOptions {
  /** The redirect URIs of the seeded client. Default: `http://localhost:5173/auth/callback`. */
  readonly redirectUris?: readonly string[]
  /** The seeded client. Default: `DEFAULT_CLIENT_ID` and `DEFAULT_CLIENT_SECRET`. */
  readonly clientId?: string
  readonly clientSecret?: string
  /** Default: `small`. */
  readonly dataset?: DatasetName
  /** The same number gives the same data, delays and orders. Default: 1. */
  readonly seed?: number
  /** Keeps the state over restarts. Without it, a restart begins with fresh data. */
  readonly stateFile?: string
  /** `2026-08` behaves as Polar did before it changed its issuer. Default: `2026-11`, the newest. */
  readonly asOf?: ProfileName
  /** Replaces the issuer of `asOf` in discovery, ID tokens, introspection and callbacks. */
  readonly issuer?: string
  /**
   * The delay between an answer of the OAuth endpoints and its commit: shortest and longest, in
   * milliseconds, drawn from `seed`. `[0, 0]` commits before the answer, which Polar does not do.
   */
  readonly commitDelayMs?: DelayRange
  /**
   * What a second refresh with the same token gets while the first is running. Default: `stall`, as
   * at Polar: 500 after 30 seconds, and every other request waits that long. `one_wins`: 400.
   * `all_win`: new tokens too.
   */
  readonly concurrentRefreshes?: 'stall' | 'one_wins' | 'all_win'
  /** The emulator's own address. `listen` sets it to the address that it listens on. */
  readonly origin?: string
  readonly clock?: Clock
}
