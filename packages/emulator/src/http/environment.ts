/** What the middleware passes to the handlers. */
import type { Connection } from './connection.ts'
import type { Caller } from '../objects/dataset.ts'
import type { Pair } from '../world/records.ts'

export interface EmulatorEnv {
  Bindings: Connection
  Variables: {
    /** The owner of the request's bearer token. Undefined without a valid token. */
    caller: Caller | undefined
    pair: Pair | undefined
    /** Who is signed in in this browser. */
    personId: string | null
    /** What the request did, in plain words, for the log. */
    note: string | undefined
    grantType: string | null
    /** A fault sets it: how long after its answer the write of this request is committed. */
    commitAfterMs: number | undefined
    /** An unhandled error. Polar answers it outside of all layers, without their headers. */
    crashed: boolean | undefined
    /** How many rotations had finished when the request arrived. */
    rotationsSeen: number
  }
}
