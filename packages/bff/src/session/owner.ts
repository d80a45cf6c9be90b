/** Whose request it is: the user of the app around the BFF, if the app names its users. */
import { BffError } from '../errors/bff-error.ts'
import { originalOf, requestOf, type Incoming } from '../runtime/incoming.ts'
import type { Settings } from '../settings/settings.ts'
import { askApp } from './ask-app.ts'

/** The result is undefined if the app does not name its users: then the browser is the owner. */
export function createFindOwner({ owner, appOrigin, time }: Settings) {
  if (owner === undefined) return async () => undefined
  // An app looks into its own session for it, so it takes milliseconds.
  const limits = { name: 'owner', code: 'owner_unavailable', seconds: 5, time } as const
  /**
   * @throws {BffError} `owner_required` if no one is signed in to the app, `owner_unavailable` if the
   *   app does not say.
   */
  return async function findOwner(incoming: Incoming): Promise<string | undefined> {
    const ask = () => owner(requestOf(incoming, appOrigin), originalOf(incoming))
    const id: unknown = await askApp(ask, limits)
    // S69: no user is no owner
    if (id === null || id === '') throw new BffError('owner_required', 'no one is signed in')
    if (typeof id === 'string') return id
    throw new BffError('owner_unavailable', `owner returned ${typeof id}, neither text nor null`)
  }
}
