/** The seeded client. It works only in the emulator. */
import type { EmulatorOptions } from './options.ts'
import type { Client } from './records.ts'
import { KNOWN_SCOPES } from './scopes.ts'

export const DEFAULT_CLIENT_ID = 'polar_ci_FakeLocalEmulatorClientFakeLocalEmulatorCli'
export const DEFAULT_CLIENT_SECRET = 'polar_cs_FakeLocalEmulatorSecretFakeLocalEmulatorSec'

/** The seeded client, as the options describe it. */
export function createSeededClient(options: EmulatorOptions, createdAt: number): Client {
  return {
    id: options.clientId ?? DEFAULT_CLIENT_ID,
    secret: options.clientSecret ?? DEFAULT_CLIENT_SECRET,
    name: 'Polar Connect',
    description: 'Your products, orders and revenue on one page.',
    uri: null,
    logoUri: null,
    tosUri: null,
    policyUri: null,
    registrationToken: null,
    ownerId: null,
    createdAt,
    redirectUris: [...(options.redirectUris ?? ['http://localhost:5173/auth/callback'])],
    scopes: [...KNOWN_SCOPES],
    grantTypes: ['authorization_code', 'refresh_token'],
    authMethod: 'client_secret_post',
  }
}
