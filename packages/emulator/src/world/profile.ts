/** Polar by date: each member is something that Polar changed, so that an old Polar can be played. */

export const PROFILE_NAMES = ['2026-08', '2026-11'] as const

/** The month in which Polar behaved like this. */
export type ProfileName = (typeof PROFILE_NAMES)[number]

export interface Profile {
  /** Null is the address of the server itself. */
  readonly issuer: string | null
  /** Callbacks and discovery name the issuer (RFC 9207). */
  readonly namesIssuerInCallbacks: boolean
  /** `/.well-known/oauth-authorization-server` answers as well. */
  readonly hasDiscoveryAlias: boolean
  /** Errors that answer the consent form carry the `state`. */
  readonly consentErrorsCarryState: boolean
  readonly consentNamesOrganizations: boolean
  /** Tokens end when their client is deleted. */
  readonly clientDeletionEndsTokens: boolean
  readonly obeysPolarOrganization: boolean
  /** The moment, in epoch seconds, whose API versions it accepts; null goes by the clock. */
  readonly versionsAt: number | null
}

const TODAY: Profile = {
  issuer: null,
  namesIssuerInCallbacks: true,
  hasDiscoveryAlias: true,
  consentErrorsCarryState: true,
  consentNamesOrganizations: true,
  clientDeletionEndsTokens: true,
  obeysPolarOrganization: true,
  versionsAt: null,
}

export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  '2026-11': TODAY,
  // Everything below changed in September 2026.
  '2026-08': {
    issuer: 'https://polar.sh',
    namesIssuerInCallbacks: false,
    hasDiscoveryAlias: false,
    consentErrorsCarryState: false,
    consentNamesOrganizations: false,
    clientDeletionEndsTokens: false,
    obeysPolarOrganization: false,
    versionsAt: Date.parse('2026-08-22') / 1000,
  },
}
