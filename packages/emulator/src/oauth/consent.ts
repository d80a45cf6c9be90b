/** Handles the person's choice on the consent screen. */
import type { World } from '../world/world.ts'
import {
  checkParameters,
  chooseOrganizations,
  grantCode,
  redirectError,
  withIssuer,
  type AuthorizeOutcome,
} from './authorize-request.ts'

const DENIED = 'The resource owner or authorization server denied the request'

export type ConsentAnswer = Extract<AuthorizeOutcome, { kind: 'redirect' | 'page' }>

export function answerConsent(
  world: World,
  query: URLSearchParams,
  answer: {
    readonly action: 'allow' | 'deny'
    readonly organizations: readonly string[]
    readonly personId: string
    readonly commitAfterMs?: number | undefined
  },
): ConsentAnswer {
  const { action, organizations: chosen, personId } = answer
  const checked = checkParameters(world, query)
  if (!('request' in checked)) return failed(world, checked)
  const { request } = checked
  if (action === 'deny') {
    const refused = redirectError(request.redirectUri, 'access_denied', DENIED, request.state)
    const location = withIssuer(world, refused.location)
    return { kind: 'redirect', location, note: 'Access denied by the person' }
  }
  const choice = chooseOrganizations(world, request, chosen, personId)
  if ('kind' in choice) return choice
  const commit = world.commit(answer.commitAfterMs)
  world.writeConsent(request.client.id, personId, request.scopes.join(' '), commit)
  return {
    kind: 'redirect',
    location: grantCode(world, request, { personId, ...choice, issued: commit }),
    note: 'Access allowed by the person',
  }
}

/** Errors that come before the choice is read. In August 2026, Polar dropped the state from them. */
function failed(world: World, outcome: AuthorizeOutcome): ConsentAnswer {
  switch (outcome.kind) {
    case 'consent':
    case 'unauthorized':
      throw new TypeError(`${outcome.kind} is no failure of the parameters`)
    case 'redirect': {
      if (world.profile.consentErrorsCarryState) {
        return { ...outcome, location: withIssuer(world, outcome.location) }
      }
      const url = new URL(outcome.location)
      url.searchParams.delete('state')
      return { ...outcome, location: url.href }
    }
    case 'page': {
      const { state: _state, ...stateless } = outcome
      return world.profile.consentErrorsCarryState ? outcome : stateless
    }
  }
}
