/** The log of all requests, and what each request did. */
import type { MiddlewareHandler } from 'hono'
import type { EmulatorEnv } from './environment.ts'
import type { World } from '../world/world.ts'
import { loggedRequestBody, loggedResponseBody } from './logged-body.ts'

const KEPT = 500

export interface LogEntry {
  readonly id: number
  /** Emulator time, ISO 8601. */
  readonly time: string
  readonly method: string
  readonly path: string
  /** As received. Secrets are masked when the log is read. */
  readonly query: string
  /** 0 if a fault left the caller without an answer. */
  readonly status: number
  readonly duration_ms: number
  readonly note: string | null
  readonly grant_type: string | null
  readonly request_headers: Readonly<Record<string, string>>
  /** The beginning of the body, as text. Empty without a body. */
  readonly request_body: string
  readonly response_headers: Readonly<Record<string, string>>
  readonly response_body: string
}

export function isError({ status }: LogEntry): boolean {
  return status >= 400 || status === 0
}

export interface RequestLog {
  readonly middleware: MiddlewareHandler<EmulatorEnv>
  /** Newest first. */
  entries(): readonly LogEntry[]
  clear(): void
}

export function createRequestLog(world: World): RequestLog {
  let entries: LogEntry[] = []
  let count = 0
  return {
    entries: () => entries,
    clear() {
      entries = []
    },
    async middleware(c, next) {
      const startedAt = performance.now()
      const requestBody = await loggedRequestBody(c.req.raw)
      await next()
      const answered = c.env.fate === 'answer' || c.env.fate === 'break'
      const { pathname, search } = new URL(c.req.url)
      count += 1
      const entry: LogEntry = {
        id: count,
        time: new Date(world.clock.now() * 1000).toISOString(),
        method: c.req.method,
        path: pathname,
        query: search,
        status: answered ? c.res.status : 0,
        duration_ms: Math.round(performance.now() - startedAt),
        note: c.get('note') ?? null,
        grant_type: c.get('grantType') ?? null,
        request_headers: Object.fromEntries(c.req.raw.headers),
        request_body: requestBody,
        response_headers: answered ? Object.fromEntries(c.res.headers) : {},
        response_body: answered ? await loggedResponseBody(c.res) : '',
      }
      entries = [entry, ...entries.slice(0, KEPT - 1)]
    },
  }
}
