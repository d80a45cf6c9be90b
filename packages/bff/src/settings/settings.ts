/** What the app chose, with the defaults filled in. A part picks what it needs. */
import type { Connection, SubjectType } from '@polar-connect/protocol'
import type { Context } from 'hono'
import type { Coordinator } from '../coordinator/coordinator.ts'
import type { OnEvent } from '../errors/events.ts'
import type { Incoming } from '../runtime/incoming.ts'
import type { Time } from '../runtime/time.ts'
import type { KeyRing } from '../sealing/key-ring.ts'
import type { Upstream } from '../upstream/upstream.ts'
import type { PolarServer } from './polar-server.ts'

/** A connection, and the user of the app whose it is, if the app names its users. */
export interface Owned {
  readonly connection: Connection
  readonly owner?: string
}

/** What `onConnected` hears. */
export interface Connected extends Owned {
  /** The connection that this browser had before. It ends, and no `onDisconnected` follows. */
  readonly replaces?: Owned
  /** Only with `exposeTokens: 'onConnected'`. */
  readonly tokens?: {
    readonly accessToken: string
    /** ISO 8601 in UTC. */
    readonly accessTokenExpiresAt: string
    /** Good for one refresh. If your code refreshes, the session of the browser ends. */
    readonly refreshToken?: string
  }
}

/** What `onDisconnected` hears. */
export interface Disconnected extends Owned {
  /** Whether Polar confirmed that the tokens are dead. */
  readonly revoked: boolean
}

export interface Settings {
  /** The OAuth client's id, as Polar shows it: `polar_ci_…`. */
  readonly clientId: string
  /** The client's secret: `polar_cs_…`. Register the client with `client_secret_post`. */
  readonly clientSecret: string
  /** Which Polar: see `polarServer`. */
  readonly server: PolarServer
  /** Where people open the app: an origin, `https:` unless it is this machine. */
  readonly appOrigin: string
  /** What each call begins with. `/bff` by default. `createConnect` of the page takes the same. */
  readonly basePath: string
  /**
   * The page that Polar sends people back to, at `appOrigin`. `/auth/callback` by default.
   * `createConnect` of the page takes the same. Register `redirectUri` at Polar.
   */
  readonly callbackPath: string
  /** What seals the cookies: see `createKeyRing`. */
  readonly keys: KeyRing
  /** What the connect button asks for. */
  readonly scopes: readonly string[]
  /** The most that may ever be asked for. By default `scopes` and what `allow` needs. */
  readonly allowedScopes: readonly string[]
  /** Whom the connect button connects if the page does not say. By default an organization. */
  readonly subject: SubjectType
  /** `Lax` for the few browsers that withhold strict cookies after a redirect. */
  readonly sameSite: 'Strict' | 'Lax'
  /** What several instances share. By default the memory of this process. */
  readonly coordinator: Coordinator
  /**
   * How requests travel to Polar. By default the runtime's `fetch`. On Node,
   * `createUndiciUpstream` of `@polar-connect/bff/drivers/undici` is faster.
   */
  readonly upstream: Upstream
  /**
   * Polar's calls a minute for the client, all users together. By default 500, at the sandbox 100,
   * and no limit (`Infinity`) at a server on this machine.
   */
  readonly rateLimit: number
  /** Where a call came from, as far as the runtime can know. The limits count by it. */
  readonly clientAddress: (c: Context) => string | undefined
  /**
   * Who is signed in to the app around the BFF: the id of its user, or null. A connection then belongs
   * to that user, and no other user of the browser can use it. By default the browser is the owner. Set
   * it in each app that has its own login.
   *
   * It is asked once for each request, and has five seconds. If it throws, the request fails.
   *
   * @param request for its headers. Do not read its body.
   * @param incoming the same request as your framework knows it: Hono's context, or the request of
   *   Express or Fastify.
   * @example
   * createBff({
   *   ...options,
   *   owner: async (request) => (await auth.getSession(request.headers))?.user.id ?? null,
   * })
   */
  readonly owner?:
    ((request: Request, incoming: Incoming) => Promise<string | null> | string | null) | undefined
  /**
   * Runs at the end of each sign-in, for records of the app's own. The page waits for it, ten seconds at
   * most. If it throws, the sign-in fails: the tokens are revoked, the earlier session stays, and the
   * page shows `app_refused`.
   */
  readonly onConnected?: ((connected: Connected) => Promise<void> | void) | undefined
  /**
   * Runs at each logout, after the session has ended. The page waits for it, ten seconds at most. If it
   * throws, the event `hook_failed` says so. It does not run if access ends at Polar: then the next
   * call fails with `reauthorization_required`.
   */
  readonly onDisconnected?: ((disconnected: Disconnected) => Promise<void> | void) | undefined
  /**
   * Gives the tokens to `onConnected` too. By default no code of the app sees them. Who reads them can
   * act as the person for days, so keep them as you keep passwords.
   */
  readonly exposeTokens?: 'onConnected' | undefined
  /** Hears everything observable. It must not throw, and no one awaits it. */
  readonly onEvent: OnEvent
  /** Adds someone who hears the same. */
  readonly listen: (listener: OnEvent) => void
  /** The clocks and the timer. By default those of the machine. */
  readonly time: Time
  /** The request target as it was sent, if the runtime knows it. By default Node's. */
  readonly rawTarget: (c: Context) => string | undefined
  /** Where Polar sends people back to. */
  readonly redirectUri: string
}
