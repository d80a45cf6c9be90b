/** A BFF in front of the emulator, and a person who answers its consent page. */
import {
  createEmulator,
  DEFAULT_CLIENT_ID,
  DEFAULT_CLIENT_SECRET,
  type Emulator,
  type EmulatorOptions,
} from '@polar-connect/emulator'
import { createBff, type Bff } from '../create-bff.ts'
import type { BffEvent } from '../errors/events.ts'
import type { BffOptions } from '../options.ts'
import { polarServer } from '../settings/polar-server.ts'
import type { Upstream } from '../upstream/upstream.ts'
import { createTestBrowser, type TestBrowser } from './browser.ts'
import { testKeys } from './keys.ts'
import { systemTime } from '../runtime/time.ts'

export const ACME = '1dbfc517-0bbf-4301-9ba8-555ca42b9731'
export const NORD = '1dbfc517-0bbf-4301-9ba8-555ca42b9732'
export const ADA = '7b0d6e0e-6f0f-4d0a-9a3e-0d5d2f8f1c11'

/** Polar stands still for this long if two refreshes with one token meet. */
export const POLAR_STALL_SECONDS = 30

const ORIGIN = 'http://127.0.0.1:4567'

export interface LogEntry {
  readonly path: string
  readonly method: string
  readonly status: number
  readonly grant_type: string | null
  readonly request_headers: Readonly<Record<string, string>>
}

export interface LocalPolar {
  readonly emulator: Emulator
  readonly bff: Bff
  readonly browser: TestBrowser
  readonly events: BffEvent[]
  readonly upstream: Upstream
  /** Makes another BFF before the same Polar, as a second instance or a redeployed one. */
  create(options?: Partial<BffOptions>): Promise<Bff>
  control<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer>
  /** Requests that reached Polar, oldest first, optionally those of one path. */
  requests(path?: string): Promise<LogEntry[]>
  tokenRequests(grantType: string): Promise<number>
}

/** @param emulated what the emulator is made with, such as `asOf` or `commitDelayMs` */
export async function createLocalPolar(
  options: Partial<BffOptions> = {},
  emulated: EmulatorOptions = {},
): Promise<LocalPolar> {
  const redirectUris = ['https://app.example/auth/callback']
  // Tests count requests to the one. `late-commits.test.ts` has the delays.
  const emulator = createEmulator({ redirectUris, commitDelayMs: [0, 0], ...emulated })
  const events: BffEvent[] = []
  const upstream: Upstream = (url, { method, headers, body, signal }) =>
    emulator.fetch(new Request(url, { method, headers, signal, ...(body && { body }) }))
  const keys = await testKeys('one')

  const create = async (more: Partial<BffOptions> = {}) =>
    createBff({
      clientId: DEFAULT_CLIENT_ID,
      clientSecret: DEFAULT_CLIENT_SECRET,
      server: polarServer(ORIGIN),
      appOrigin: 'https://app.example',
      keys,
      upstream,
      time: { ...systemTime, now: () => emulator.clock.now() },
      onEvent: (event) => events.push(event),
      ...options,
      ...more,
    })

  async function control<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const request = new Request(`${ORIGIN}/_emulator${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    const response = await emulator.fetch(request)
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
    const text = await response.text()
    return (text === '' ? undefined : JSON.parse(text)) as Answer
  }

  async function requests(path = ''): Promise<LogEntry[]> {
    const { items } = await control<{ items: LogEntry[] }>('GET', `/requests?reveal=1&path=${path}`)
    return items.toReversed()
  }

  const bff = await create()
  return {
    emulator,
    bff,
    events,
    upstream,
    browser: createTestBrowser(bff),
    create,
    control,
    requests,
    async tokenRequests(grantType) {
      const all = await requests('/v1/oauth2/token')
      return all.filter((entry) => entry.grant_type === grantType).length
    },
  }
}

/** Answers the consent page as the person who is signed in: allows, for `organizations` if any. */
export function allowing(
  polar: Pick<LocalPolar, 'emulator'>,
  organizations: readonly string[] = [],
): (url: URL) => Promise<URL> {
  return answering(polar, 'allow', organizations)
}

export function denying(polar: Pick<LocalPolar, 'emulator'>): (url: URL) => Promise<URL> {
  return answering(polar, 'deny', [])
}

function answering(
  { emulator }: Pick<LocalPolar, 'emulator'>,
  action: 'allow' | 'deny',
  organizations: readonly string[],
) {
  return async (url: URL) => {
    const shown = await emulator.fetch(new Request(url))
    const skipped = shown.headers.get('Location')
    if (skipped !== null) return new URL(skipped)
    const form = new URLSearchParams({ action })
    for (const id of organizations) form.append('organizations', id)
    const posted = new Request(`${ORIGIN}/v1/oauth2/consent${url.search}`, {
      method: 'POST',
      body: form,
    })
    const response = await emulator.fetch(posted)
    const location = response.headers.get('Location')
    if (location === null) throw new Error(`no redirect: ${await response.text()}`)
    return new URL(location)
  }
}
