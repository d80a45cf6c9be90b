/** The discovery document (OpenID Connect Discovery 1.0 §3, RFC 8414 §2). */
// A type, because an interface does not fit the index signatures of OAuth libraries.
// oxlint-disable-next-line typescript/consistent-type-definitions
export type ServerMetadata = {
  readonly issuer: string
  readonly authorization_endpoint: string
  readonly token_endpoint: string
  readonly jwks_uri: string
  readonly registration_endpoint: string
  readonly scopes_supported: string[]
  readonly response_types_supported: string[]
  readonly response_modes_supported: string[]
  readonly grant_types_supported: string[]
  readonly token_endpoint_auth_methods_supported: string[]
  readonly service_documentation: string
  readonly revocation_endpoint: string
  readonly revocation_endpoint_auth_methods_supported: string[]
  readonly introspection_endpoint: string
  readonly introspection_endpoint_auth_methods_supported: string[]
  readonly code_challenge_methods_supported: string[]
  readonly authorization_response_iss_parameter_supported?: boolean
  readonly userinfo_endpoint: string
  readonly subject_types_supported: string[]
  readonly id_token_signing_alg_values_supported: string[]
  readonly claims_supported: string[]
}
