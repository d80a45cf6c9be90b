/** The settings that the options of an app stand for, with defaults in. */
import { BASE_PATH, CALLBACK_PATH, DEFAULT_SCOPES } from '@polar-connect/protocol'
import type { Context } from 'hono'
import { createAllowList } from './api/allow-list.ts'
import { createMemoryCoordinator } from './coordinator/drivers/memory.ts'
import { logRefusals } from './errors/log-refusals.ts'
import { faultsOf } from './option-faults.ts'
import type { BffOptions } from './options.ts'
import { systemTime } from './runtime/time.ts'
import type { Settings } from './settings/settings.ts'
import { createFetchUpstream } from './upstream/drivers/fetch.ts'

/** Calls a minute, as Polar documents them. */
const RATE_LIMITS = { production: 500, sandbox: 100, emulator: Infinity, custom: 500 } as const

/** @throws {TypeError} with a line for each option that is missing, wrong or unsafe. */
export function resolveOptions(options: BffOptions) {
  const faults = faultsOf(options)
  if (faults.length > 0) {
    throw new TypeError(['createBff cannot use these options:', ...faults].join('\n  '))
  }
  const { callbackPath = CALLBACK_PATH, time = systemTime, onEvent = logRefusals } = options
  const listeners = [onEvent]
  const allowList = createAllowList(options.allow)
  const scopes = ['openid', ...(options.scopes ?? DEFAULT_SCOPES)]
  const allowedScopes = options.allowedScopes ?? [...scopes, ...allowList.scopes]
  const settings: Settings = {
    ...options,
    basePath: options.basePath ?? BASE_PATH,
    callbackPath,
    redirectUri: `${options.appOrigin}${callbackPath}`,
    scopes: [...new Set(scopes)],
    allowedScopes: [...new Set(['openid', ...allowedScopes])],
    subject: options.subject ?? 'organization',
    // S20: not sent from other sites
    sameSite: options.sameSite ?? 'Strict',
    coordinator: options.coordinator ?? createMemoryCoordinator(time),
    upstream: options.upstream ?? createFetchUpstream(),
    rateLimit: options.rateLimit ?? RATE_LIMITS[options.server.identity.name],
    clientAddress: options.clientAddress ?? (() => undefined),
    onEvent(event) {
      for (const hear of listeners) hear(event)
    },
    listen: (listener) => void listeners.push(listener),
    // S31: the path as it was sent
    rawTarget: options.rawTarget ?? nodeTarget,
    time,
  }
  return { settings, allowList }
}

/** Node's server shows the request line as it came (`HttpBindings` of `@hono/node-server`). */
function nodeTarget(c: Context): string | undefined {
  const { incoming } = (c.env ?? {}) as { incoming?: { url?: unknown } }
  return typeof incoming?.url === 'string' ? incoming.url : undefined
}
