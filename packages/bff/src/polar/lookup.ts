/**
 * A small document that Polar publishes, kept for a while. If it lacks what we look for, it is read
 * again early, but rarely: anyone can send a wrong issuer or signature.
 */
import * as v from 'valibot'
import { BffError } from '../errors/bff-error.ts'
import type { Operation } from '../errors/events.ts'
import type { Settings } from '../settings/settings.ts'
import { TIME_LIMITS_MS } from './time-limits.ts'
import type { PolarTransport } from './transport.ts'

const COOL_DOWN_SECONDS = 30

export function createLookup<Document>(
  { time }: Pick<Settings, 'time'>,
  transport: PolarTransport,
  options: {
    readonly operation: Operation
    readonly path: string
    readonly schema: v.GenericSchema<unknown, Document>
    readonly keptSeconds: number
    readonly onRead?: (document: Document) => void
  },
) {
  const { operation, path, schema, keptSeconds, onRead } = options
  let document: Document | undefined
  let readAt = -Infinity
  let triedAt = -Infinity
  let forcedAt = -Infinity
  let reading: Promise<void> | undefined

  async function load(): Promise<void> {
    triedAt = time.now()
    const headers = { accept: 'application/json' }
    const request = { method: 'GET', path, headers, timeoutMs: TIME_LIMITS_MS.lookup }
    const answer = await transport.sendSmall(operation, request)
    const parsed = v.safeParse(schema, await answer.json())
    if (!answer.ok || !parsed.success) throw new Error(`no ${operation} (${answer.status})`)
    document = parsed.output
    readAt = time.now()
    onRead?.(document)
  }

  async function read(): Promise<void> {
    reading ??= load().finally(() => (reading = undefined))
    try {
      await reading
    } catch (cause) {
      // S57: known keys are enough during an outage
      if (document !== undefined) return
      throw new BffError('polar_unavailable', `no ${operation}`, { cause })
    }
  }

  /**
   * What `find` makes of the document.
   *
   * @throws {BffError} `polar_unavailable` if it was never read and cannot be read now.
   */
  return async function lookUp<Found>(
    find: (document: Document) => Promise<Found | undefined>,
  ): Promise<Found | undefined> {
    const now = time.now()
    // During an outage, only a few sign-ins wait for an answer that does not come.
    const mayTry = document === undefined || now - triedAt >= COOL_DOWN_SECONDS
    const isRead = now - readAt >= keptSeconds && mayTry
    if (isRead) await read()
    const found = document && (await find(document))
    // It may have changed a moment ago, or someone made something up.
    // S57: forged tokens cause no requests
    if (found !== undefined || isRead || now - forcedAt < COOL_DOWN_SECONDS) return found
    forcedAt = now
    await read()
    return document && find(document)
  }
}
