/** Polar's behavior by date. Each member is something that Polar changed. */

export const PROFILE_NAMES = ['2026-08', '2026-11'] as const

/** A month. The emulator behaves as Polar did then. */
export type ProfileName = (typeof PROFILE_NAMES)[number]

export interface Profile {
  /** Null: the emulator's own address. */
  readonly issuer: string | null
  /** Callbacks and discovery name the issuer (RFC 9207). */
  readonly namesIssuerInCallbacks: boolean
  /** `/.well-known/oauth-authorization-server` answers too. */
  readonly hasDiscoveryAlias: boolean
  /** Errors of the consent form include the `state`. */
  readonly consentErrorsCarryState: boolean
  readonly consentNamesOrganizations: boolean
  /** Deleting a client revokes its tokens. */
  readonly clientDeletionEndsTokens: boolean
  readonly obeysPolarOrganization: boolean
  /** Accepts the API versions of this time, in epoch seconds. Null: those of the clock. */
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
