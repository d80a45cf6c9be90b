/** The line to Polar: what breaks on it, and a ledger of which pair of tokens came of which. */
import type { Upstream, UpstreamAnswer } from '../../upstream/upstream.ts'
import { turns } from './instance.ts'

export const FAULTS = [
  'dropped',
  'lost',
  'unreadable',
  'slow',
  'busy',
  'broken',
  'timed_out',
  'stray',
] as const
export type Fault = (typeof FAULTS)[number]

const TOKEN = '/v1/oauth2/token'

export interface PolarLine {
  readonly upstream: Upstream
  /** Meets the next request to that half of Polar. */
  add(bucket: 'token' | 'api', fault: Fault): void
  clear(): void
  /** Resolves when nothing is on it: what the dead have sent arrives all the same. */
  idle(): Promise<void>
  /** The sign-in that a refresh token goes back to. */
  familyOf(refreshToken: string | undefined): number | undefined
}

/** @param onLost hears of the sign-in whose new pair never arrived. */
export function createPolarLine(inner: Upstream, onLost: (family: number) => void): PolarLine {
  const faults = { token: [] as Fault[], api: [] as Fault[] }
  const families = new Map<string, number>()
  const onIt = new Set<Promise<unknown>>()
  let signIns = 0

  /** Polar has given a pair: whose is it? */
  function enter(form: URLSearchParams, given: { refresh_token?: string }): number {
    const before = form.get('refresh_token')
    const family = (before === null ? undefined : families.get(before)) ?? (signIns += 1)
    if (given.refresh_token !== undefined) families.set(given.refresh_token, family)
    return family
  }

  async function carry(...[url, request]: Parameters<Upstream>): Promise<UpstreamAnswer> {
    const token = url.pathname === TOKEN
    const fault = faults[token ? 'token' : 'api'].shift()
    switch (fault) {
      case 'dropped':
        throw new Error('connection reset')
      case 'busy':
        return new Response(null, { status: 429, headers: { 'Retry-After': '5' } })
      case 'broken':
        return new Response('', { status: 503 })
      case 'timed_out':
        return new Response('', { status: 408 })
      case 'stray':
        // At the token endpoint a 401 is about the client, and logs no one out.
        return token
          ? Response.json({ error: 'invalid_client' }, { status: 401 })
          : Response.json({ error: 'invalid_token' }, { status: 401 })
      case 'slow':
        await turns(400)
        break
      case 'lost':
      case 'unreadable':
      case undefined:
        break
    }
    const { status, headers, body } = await inner(url, request)
    const answer = new Response(body, { status, headers: [...headers] })
    let family: number | undefined
    if (token && answer.status === 200) {
      const form = new URLSearchParams(new TextDecoder().decode(request.body))
      family = enter(form, (await answer.clone().json()) as { refresh_token?: string })
    }
    if (fault !== 'lost' && fault !== 'unreadable') return answer
    if (family !== undefined) onLost(family)
    if (fault === 'lost') throw new Error('connection reset')
    return new Response('<html>', { headers: { 'Content-Type': 'text/html' } })
  }

  return {
    async idle() {
      while (onIt.size > 0) await Promise.all(onIt)
    },
    upstream(url, request) {
      const answer = carry(url, request)
      const settled = answer.catch(() => undefined)
      onIt.add(settled)
      void settled.finally(() => onIt.delete(settled))
      return answer
    },
    add: (bucket, fault) => void faults[bucket].push(fault),
    clear() {
      faults.token.length = 0
      faults.api.length = 0
    },
    familyOf: (refreshToken) =>
      refreshToken === undefined ? undefined : families.get(refreshToken),
  }
}
