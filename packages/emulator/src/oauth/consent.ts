/** What a person's answer to the consent screen leads to. */
import { consentKey, type World } from '../world/world.ts'
import {
  appended,
  checkParameters,
  grantCode,
  redirectError,
  type AuthorizeOutcome,
} from './authorize-request.ts'

const DENIED = 'The resource owner or authorization server denied the request'

export type ConsentAnswer = Exclude<AuthorizeOutcome, { kind: 'consent' }>

export function answerConsent(
  world: World,
  query: URLSearchParams,
  {
    action,
    organizations: chosen,
    personId,
  }: {
    readonly action: 'allow' | 'deny'
    readonly organizations: readonly string[]
    readonly personId: string
  },
): ConsentAnswer {
  const checked = checkParameters(world, query)
  if (!('request' in checked)) return withIssuer(world, checked)
  const { request } = checked
  if (action === 'deny') {
    const refused = redirectError(request.redirectUri, 'access_denied', DENIED, request.state)
    return withIssuer(world, { ...refused, note: 'Access denied by the person' })
  }
  const reachable = new Set(world.organizationsToGrant(personId).map(({ id }) => id))
  const foreign = chosen.find((id) => !reachable.has(id))
  if (foreign !== undefined) {
    const valid = /^[0-9a-f-]{36}$/i.test(foreign)
    return refuse(
      valid ? `Organization ${foreign} is not accessible` : "Invalid 'organizations' UUID",
    )
  }
  if (request.requiresOrganization && chosen.length === 0) {
    return refuse('sub_type=organization requires selecting an organization')
  }
  const organizationIds = request.requiresOrganization ? chosen.toSorted().slice(0, 1) : chosen
  // Overwritten, not merged: a later, smaller grant shrinks the record.
  world.consents.set(consentKey(request.client.id, personId), request.scopes.join(' '))
  return {
    kind: 'redirect',
    location: grantCode(world, request, personId, organizationIds),
    note: 'Access allowed by the person',
  }
}

function refuse(description: string): ConsentAnswer {
  return { kind: 'page', error: 'invalid_request', description }
}

/** Redirects that answer the consent form name the issuer (RFC 9207), errors too. */
function withIssuer(world: World, outcome: AuthorizeOutcome): ConsentAnswer {
  if (outcome.kind === 'consent') throw new TypeError('nothing was refused')
  if (outcome.kind !== 'redirect') return outcome
  return { ...outcome, location: appended(outcome.location, { iss: world.origin }) }
}
