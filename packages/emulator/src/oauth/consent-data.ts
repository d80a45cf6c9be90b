/** The data of the consent screen. Polar's page reads it from the API. */
import { toTimestamp } from '../runtime/clock.ts'
import type { World } from '../world/world.ts'
import type { AuthorizeRequest } from './authorize-request.ts'
import { SCOPE_DISPLAY_NAMES } from '../world/scopes.ts'

export function consentData(world: World, request: AuthorizeRequest, personId: string | null) {
  const person = world.person(personId)
  const { client } = request
  return {
    client: {
      created_at: toTimestamp(client.createdAt),
      modified_at: null,
      client_id: client.id,
      client_name: client.name,
      client_uri: client.uri,
      logo_uri: client.logoUri,
      tos_uri: client.tosUri,
      policy_uri: client.policyUri,
    },
    // Always `user`: `sub_type=organization` only limits the token.
    sub_type: 'user',
    sub:
      person === undefined
        ? null
        : { id: person.id, email: person.email, avatar_url: person.avatarUrl },
    // Polar sends them in no fixed order.
    scopes: world.shuffled([...new Set(request.scopes)]),
    organizations:
      person === undefined
        ? []
        : world.organizationsToGrant(person.id).map(({ id, slug, name, avatar_url }) => ({
            id,
            slug,
            ...(world.profile.consentNamesOrganizations && { name }),
            avatar_url,
          })),
    requires_single_organization: request.requiresOrganization,
    scope_display_names: SCOPE_DISPLAY_NAMES,
  }
}
