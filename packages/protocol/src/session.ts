/** The bodies of the calls, in the snake_case of the wire. Times are ISO 8601 in UTC. */

/** Whom a person connects. */
export type SubjectType = 'user' | 'organization'

/** `emulator` is any loopback server. `custom` is any other server that is not Polar's. */
export type ServerName = 'production' | 'sandbox' | 'emulator' | 'custom'

/** Which Polar the app connects to. */
export interface ServerIdentity {
  readonly name: ServerName
  /** The origin of the consent page. The browser may be sent only there. */
  readonly origin: string
}

/** The account whose data the connection can access. */
export interface Subject {
  readonly type: SubjectType
  /** Polar's UUID. */
  readonly id: string
  readonly name?: string
  readonly slug?: string
}

/** The part of a grant that the browser may see. It has no tokens. */
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
  /** How often the tokens have rotated. It only grows. */
  readonly generation: number
}

/** The configured scopes of the app. The page has no configuration of its own. */
export interface Asks {
  /** The scopes that the connect button asks for. */
  readonly scopes: readonly string[]
  /** The scopes that the app may ask for at all. */
  readonly allowed_scopes: readonly string[]
  /** The default if the page does not name a subject. */
  readonly subject: SubjectType
}

interface SessionCommon {
  readonly server: ServerIdentity
  /** Absent from an older server. */
  readonly asks?: Asks
  /** Where people open the app, such as `https://app.example`. Absent from an older server. */
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
  /** The organization to reconnect. Polar ignores it, so the BFF compares the result. */
  readonly organization?: string
  readonly scopes?: readonly string[]
  /**
   * `consent` shows Polar's screen. Without it, Polar skips the screen for users who allowed everything
   * before. `none` is not a silent sign-in: Polar returns an error, or shows the screen.
   */
  readonly prompt?: 'none' | 'consent'
}

/** The address to open, and the `state` that the callback will have. */
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

/** The answer of `POST /bff/callback` and `POST /bff/refresh`. */
export interface CallbackAnswer {
  readonly session: SessionAnswer
}

/** The answer of `POST /bff/logout`: whether Polar confirmed that the tokens have ended. */
export interface LogoutAnswer {
  readonly revoked: boolean
}
