/** The discovery document, with exactly Polar's members. */
import type { ServerMetadata } from './server-metadata.ts'
import type { World } from '../world/world.ts'

/** Polar has two hosts, web and API. Here both have the same origin. */
export function discovery({ origin, issuer, profile, scopes }: World): ServerMetadata {
  const secretMethods = ['client_secret_basic', 'client_secret_post']
  return {
    issuer,
    authorization_endpoint: `${origin}/oauth2/authorize`,
    token_endpoint: `${origin}/v1/oauth2/token`,
    jwks_uri: `${origin}/.well-known/jwks.json`,
    registration_endpoint: `${origin}/v1/oauth2/register`,
    scopes_supported: [...scopes],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'web'],
    token_endpoint_auth_methods_supported: [...secretMethods, 'none'],
    service_documentation: 'https://polar.sh/docs',
    revocation_endpoint: `${origin}/v1/oauth2/revoke`,
    revocation_endpoint_auth_methods_supported: secretMethods,
    introspection_endpoint: `${origin}/v1/oauth2/introspect`,
    introspection_endpoint_auth_methods_supported: secretMethods,
    code_challenge_methods_supported: ['plain', 'S256'],
    ...(profile.namesIssuerInCallbacks && { authorization_response_iss_parameter_supported: true }),
    userinfo_endpoint: `${origin}/v1/oauth2/userinfo`,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: ['sub', 'name', 'email', 'email_verified'],
  }
}
