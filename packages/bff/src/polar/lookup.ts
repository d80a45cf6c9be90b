/**
 * A small document that Polar publishes, kept for a while. If it lacks what we look for, it is read
 * again early, but rarely: anyone can send a wrong issuer or signature.
 */
import * as v from 'valibot'
import { BffError } from '../errors/bff-error.ts'
import type { Operation } from '../errors/operations.ts'
import type { Settings } from '../settings/settings.ts'
import type { PolarTransport } from './transport.ts'

const COOL_DOWN_SECONDS = 30

export function createLookup<Document>(
  { time, onEvent }: Pick<Settings, 'time' | 'onEvent'>,
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
  let dueAt = -Infinity
  let forcedAt = -Infinity
  let reading: Promise<void> | undefined

  async function load(): Promise<void> {
    // During an outage, only a few sign-ins wait for an answer that does not come.
    dueAt = time.now() + COOL_DOWN_SECONDS
    const headers = { accept: 'application/json' }
    const answer = await transport.sendSmall({ operation, method: 'GET', path, headers })
    const parsed = v.safeParse(schema, await answer.json().catch(() => undefined))
    if (!answer.ok || !parsed.success) {
      const { status } = answer
      const reason = 'polar_invalid_response'
      onEvent({ type: 'upstream_failed', operation, status, reason, duration_ms: 0 })
      throw new Error(`it answered ${status}`)
    }
    document = parsed.output
    dueAt = time.now() + keptSeconds
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
    const isRead = document === undefined || now >= dueAt
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
