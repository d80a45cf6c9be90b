/** The bodies of the calls, in snake_case as they travel. Times are ISO 8601 in UTC. */

/** Whom a person connects. */
export type SubjectType = 'user' | 'organization'

/** `emulator` is any loopback server; `custom` any other that is not Polar's own. */
export type ServerName = 'production' | 'sandbox' | 'emulator' | 'custom'

/** Which Polar the app connects to. */
export interface ServerIdentity {
  readonly name: ServerName
  /** Where people allow access: the only origin that the browser may be sent to. */
  readonly origin: string
}

/** Whose data the connection reaches. */
export interface Subject {
  readonly type: SubjectType
  /** Polar's UUID. */
  readonly id: string
  readonly name?: string
  readonly slug?: string
}

/** One grant, as far as the browser may know it. No token is part of it. */
export interface Connection {
  /** New at every sign-in. */
  readonly id: string
  readonly subject: Subject
  /** The person who allowed it, for either subject. */
  readonly user: { readonly id: string; readonly email?: string; readonly name?: string }
  readonly scopes: readonly string[]
  readonly requested_scopes: readonly string[]
  readonly connected_at: string
  readonly refreshed_at: string
  readonly access_token_expires_at: string
  /** How often the tokens have rotated; it only grows. */
  readonly generation: number
}

/** What the app is configured to ask for. The page has no configuration of its own. */
export interface Asks {
  /** What the connect button asks for. */
  readonly scopes: readonly string[]
  /** The most that may ever be asked for. */
  readonly allowed_scopes: readonly string[]
  /** Whom it connects if the page does not say. */
  readonly subject: SubjectType
}

interface SessionCommon {
  readonly server: ServerIdentity
  /** Absent from an older server. */
  readonly asks?: Asks
  /** Where people open the app, as in `https://app.example`. Absent from an older server. */
  readonly app_origin?: string
  readonly server_time: string
}

/** `GET /bff/session` */
export type SessionAnswer =
  | (SessionCommon & { readonly authenticated: false })
  | (SessionCommon & { readonly authenticated: true; readonly connection: Connection })

/** `POST /bff/authorize` */
export interface AuthorizeRequest {
  /** S256 of the code verifier: 43 base64url characters (RFC 7636 §4.2). */
  readonly code_challenge: string
  readonly code_challenge_method: 'S256'
  readonly subject?: SubjectType
  /** The organization to reconnect. Polar ignores it, so the answer is compared. */
  readonly organization?: string
  readonly scopes?: readonly string[]
  /**
   * `consent` shows Polar's screen. Without it Polar skips the screen if all was allowed before, for
   * users only. `none` is no silent sign-in: Polar answers with an error, or shows the screen.
   */
  readonly prompt?: 'none' | 'consent'
}

/** Where to send the browser, and what it will come back with. */
export interface AuthorizeAnswer {
  readonly authorization_url: string
  readonly state: string
  readonly expires_at: string
}

/** `POST /bff/callback`: the parameters of Polar's redirect, and the verifier for a code. */
export type CallbackRequest =
  | {
      readonly code: string
      readonly state: string
      readonly code_verifier: string
      readonly iss?: string
    }
  | {
      readonly error: string
      readonly error_description?: string
      readonly error_uri?: string
      readonly state?: string
      readonly iss?: string
    }

/** What `POST /bff/callback` and `POST /bff/refresh` answer. */
export interface CallbackAnswer {
  readonly session: SessionAnswer
}

/** What `POST /bff/logout` answers: whether Polar confirmed that the tokens are dead. */
export interface LogoutAnswer {
  readonly revoked: boolean
}
