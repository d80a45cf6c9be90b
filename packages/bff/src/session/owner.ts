/** Whose request it is: the user of the app around the BFF, if the app names its users. */
import { BffError } from '../errors/bff-error.ts'
import { originalOf, requestOf, type Incoming } from '../runtime/incoming.ts'
import { within } from '../runtime/time.ts'
import type { Settings } from '../settings/settings.ts'

/** An app looks into its own session for it, so it takes milliseconds. */
const LIMIT_MS = 5000

/** The result is undefined if the app does not name its users: then the browser is the owner. */
export function createFindOwner({ owner, appOrigin, time }: Settings) {
  /**
   * @throws {BffError} `owner_required` if no one is signed in to the app, `owner_unavailable` if the
   *   app does not say.
   */
  return async function findOwner(incoming: Incoming): Promise<string | undefined> {
    if (owner === undefined) return undefined
    const found = await within(time, LIMIT_MS, ask(incoming))
    if (found === undefined) throw new BffError('owner_unavailable', 'owner took too long')
    const { id } = found
    // S69: no user is no owner
    if (id === null || id === '') throw new BffError('owner_required', 'no one is signed in')
    if (typeof id === 'string') return id
    throw new BffError('owner_unavailable', `owner returned ${typeof id}, neither text nor null`)
  }

  async function ask(incoming: Incoming): Promise<{ readonly id: unknown }> {
    try {
      return { id: await owner?.(requestOf(incoming, appOrigin), originalOf(incoming)) }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new BffError('owner_unavailable', `owner failed: ${reason}`, { cause })
    }
  }
}
