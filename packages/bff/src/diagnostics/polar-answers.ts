/** What the checks of Polar know: the configuration, and what Polar answered. */
import type { Time } from '../runtime/time.ts'
import type { PolarServer } from '../settings/polar-server.ts'
import type { Upstream } from '../upstream/upstream.ts'
import type { AuthorizationAnswer } from './authorization-probe.ts'
import type { Answered } from './questions.ts'

export interface PolarFacts {
  readonly server: PolarServer
  readonly clientId: string
  /** Unknown to anyone who checks from outside. It is then not checked. */
  readonly clientSecret?: string
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly upstream: Upstream
  readonly time: Time
}

/** Every answer that the checks read. Undefined where none came. */
export interface PolarAnswers {
  readonly discovery: Answered | undefined
  /** The same document, asked for with the pinned version. */
  readonly pinned: Answered | undefined
  /** The same document under its other name (RFC 8414). */
  readonly alias: Answered | undefined
  readonly keys: Answered | undefined
  readonly authorization: AuthorizationAnswer
  /** To a made-up code. */
  readonly token: Answered | undefined
  /** To what is no token. */
  readonly introspection: Answered | undefined
  readonly preflight: Answered | undefined
  /** Where the client is known, if it is not known here. */
  readonly home: 'production' | 'sandbox' | undefined
}
