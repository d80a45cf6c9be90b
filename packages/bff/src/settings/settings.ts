/** What an app gives to {@link createBff}, and what it stands for once the defaults are in. */
import { CALLBACK_PATH, DEFAULT_SCOPES, type SubjectType } from '@polar-connect/protocol'
import type { Context } from 'hono'
import {
  createAllowList,
  mintsCredentials,
  type AllowList,
  type ApiRoute,
} from '../api/allow-list.ts'
import type { Coordinator } from '../coordinator/coordinator.ts'
import type { CreateDiagnostics } from '../diagnostics/diagnostics.ts'
import { createFetchUpstream } from '../upstream/drivers/fetch.ts'
import { createMemoryCoordinator } from '../coordinator/drivers/memory.ts'
import type { OnEvent } from '../errors/events.ts'
import type { KeyRing } from '../sealing/key-ring.ts'
import { isSafeOrigin, type PolarServer } from './polar-server.ts'
import type { Upstream } from '../upstream/upstream.ts'
import { systemTime, type Time } from '../runtime/time.ts'

/** Calls a minute, as Polar documents them. */
const RATE_LIMITS = { production: 500, sandbox: 100, emulator: Infinity, custom: 500 } as const

export interface BffOptions {
  /** The OAuth client's id, as Polar shows it. */
  readonly clientId: string
  /** The client is confidential and registered with `client_secret_post`. */
  readonly clientSecret: string
  /** Which Polar: see `polarServer`. */
  readonly server: PolarServer
  /** Where people open the app: an origin, `https:` unless it is this machine. */
  readonly appOrigin: string
  /** What seals the cookies: see `createKeyRing`. */
  readonly keys: KeyRing
  /** What the connect button asks for. */
  readonly scopes?: readonly string[]
  /** The most that may ever be asked for. By default {@link scopes} and what {@link allow} needs. */
  readonly allowedScopes?: readonly string[]
  /** Whom the connect button connects where the page does not say. */
  readonly subject?: SubjectType
  /** Routes of Polar's API beside the default ones. */
  readonly allow?: readonly ApiRoute[]
  /** `Lax` for the few browsers that withhold strict cookies after a redirect from elsewhere. */
  readonly sameSite?: 'Strict' | 'Lax'
  /** What several instances share. In memory by default. */
  readonly coordinator?: Coordinator
  /**
   * How requests travel to Polar. The runtime's `fetch` by default; quicker on Node is
   * `createUndiciUpstream` of `@polar-connect/bff/drivers/undici`.
   */
  readonly upstream?: Upstream
  /**
   * Polar's calls a minute for the client, all users together. By default 500, at the sandbox 100,
   * and none (`Infinity`) at a server on this machine.
   */
  readonly rateLimit?: number
  /** Where a call came from, as far as the runtime can be believed; the limits count by it. */
  readonly clientAddress?: (c: Context) => string | undefined
  /**
   * What answers `GET /bff/diagnostics`: `createDiagnostics` of `@polar-connect/bff/diagnostics`. It
   * tells the configuration, though no secret of it. By default nothing does.
   */
  readonly diagnostics?: CreateDiagnostics
  /** Hears everything observable. It must not throw, and is never awaited. */
  readonly onEvent?: OnEvent
  /** The clocks and the timer. By default those of the machine. */
  readonly time?: Time
  /** The request target as it came over the wire, where the runtime tells it. By default Node's. */
  readonly rawTarget?: (c: Context) => string | undefined
}

export interface Settings extends Required<
  Omit<BffOptions, 'allow' | 'rawTarget' | 'diagnostics'>
> {
  readonly allowList: AllowList
  readonly redirectUri: string
  readonly rawTarget: (c: Context) => string
}

/** @throws {TypeError} for an origin, a scope or a route that could not be safe. */
export function resolveOptions(options: BffOptions): Settings {
  const { appOrigin } = options
  if (!isSafeOrigin(appOrigin)) {
    throw new TypeError('appOrigin is an https origin, or an http one on this machine')
  }
  const allowList = createAllowList(options.allow)
  const scopes = ['openid', ...(options.scopes ?? DEFAULT_SCOPES)]
  const allowedScopes = options.allowedScopes ?? [...scopes, ...allowList.scopes]
  const minting = [...scopes, ...allowedScopes].find(mintsCredentials)
  if (minting !== undefined) {
    throw new TypeError(`scopes: ${minting} could mint or reveal a credential`)
  }
  const time = options.time ?? systemTime
  const rawTarget = options.rawTarget ?? nodeTarget
  return {
    ...options,
    allowList,
    scopes: [...new Set(scopes)],
    allowedScopes: [...new Set(['openid', ...allowedScopes])],
    redirectUri: `${appOrigin}${CALLBACK_PATH}`,
    subject: options.subject ?? 'organization',
    // S20: not sent from other sites
    sameSite: options.sameSite ?? 'Strict',
    coordinator: options.coordinator ?? createMemoryCoordinator(time),
    upstream: options.upstream ?? createFetchUpstream(),
    rateLimit: options.rateLimit ?? RATE_LIMITS[options.server.identity.name],
    clientAddress: options.clientAddress ?? (() => undefined),
    onEvent: options.onEvent ?? (() => undefined),
    time,
    // S31: the path as it was sent
    rawTarget: (c) => rawTarget(c) ?? normalisedTarget(c),
  }
}

/** Node's server shows the request line as it came (`HttpBindings` of `@hono/node-server`). */
function nodeTarget(c: Context): string | undefined {
  const { incoming } = (c.env ?? {}) as { incoming?: { url?: unknown } }
  return typeof incoming?.url === 'string' ? incoming.url : undefined
}

/** Path and query as the runtime understood them. */
function normalisedTarget(c: Context): string {
  const { pathname, search } = new URL(c.req.url)
  return pathname + search
}
