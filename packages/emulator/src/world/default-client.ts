/** The seeded client. It works only in the emulator. */
export const DEFAULT_CLIENT_ID = 'polar_ci_FakeLocalEmulatorClientFakeLocalEmulatorCli'
export const DEFAULT_CLIENT_SECRET = 'polar_cs_FakeLocalEmulatorSecretFakeLocalEmulatorSec'
