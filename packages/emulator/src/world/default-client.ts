/** The seeded client, unless the start names another. Obviously worth nothing elsewhere. */
export const DEFAULT_CLIENT_ID = 'polar_ci_FakeLocalEmulatorClientFakeLocalEmulatorCli'
export const DEFAULT_CLIENT_SECRET = 'polar_cs_FakeLocalEmulatorSecretFakeLocalEmulatorSec'
