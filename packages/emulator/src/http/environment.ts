/** What the middlewares of the emulator tell the handlers behind them. */
import type { Connection } from './connection.ts'
import type { Caller } from '../objects/dataset.ts'
import type { Pair } from '../world/records.ts'

export interface EmulatorEnv {
  Bindings: Connection
  Variables: {
    /** Who holds the bearer token of the request, if there is a good one. */
    caller: Caller | undefined
    pair: Pair | undefined
    /** Who is signed in in this browser. */
    personId: string | null
    /** What the request meant, in plain words, for the log. */
    note: string | undefined
    grantType: string | null
    /** How long what this request writes stays unseen, if a fault says so. */
    commitAfterMs: number | undefined
    /** An unhandled error: its answer is made outside of all layers, without their headers. */
    crashed: boolean | undefined
    /** How many rotations were over when the request arrived. */
    rotationsSeen: number
  }
}
