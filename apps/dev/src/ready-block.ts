/** What `dev` prints last: where to go, and the way to the real Polar. */

export interface ReadyBlock {
  readonly seconds: number
  readonly app: string
  /** Absent with the real Polar. */
  readonly emulator?: string
  /** `sandbox.polar.sh`, `polar.sh (LIVE DATA)`, or another server's origin. */
  readonly polar: string
  /** Where other computers find the page, with `--host`. */
  readonly network?: string
}

export function readyBlock({ seconds, app, emulator, polar, network }: ReadyBlock): string {
  const row = (name: string, value: string, note = '') =>
    `  ${name.padEnd(10)} ${value.padEnd(30)} ${note}`.trimEnd()
  return [
    '',
    `  Polar Connect   ready in ${seconds.toFixed(1)} s`,
    '',
    row('App', app, '<- open this'),
    ...(emulator ? [row('Emulator', emulator, 'clock, faults, request log')] : []),
    row('Checks', `${app}/diagnostics`),
    row('Polar', emulator ? 'emulator (fake data, no account needed)' : polar),
    ...(network ? networkSteps(network) : []),
    ...(emulator && !isLocal(app) ? farEmulatorSteps(emulator) : []),
    ...(emulator ? ['', ...realPolarSteps(app)] : []),
    '',
    '  Press Ctrl+C to stop',
    '',
  ].join('\n')
}

/** The way from the emulator to Polar itself, for an app at `app`. */
export function realPolarSteps(app: string): readonly string[] {
  return [
    '  Use the real Polar in 3 steps',
    '    1. Create an OAuth client (confidential) at',
    '       https://sandbox.polar.sh/dashboard/account/developer#oauth',
    `       Redirect URI:  ${app}/auth/callback`,
    '    2. cp .env.example .env   and fill POLAR_CLIENT_ID, POLAR_CLIENT_SECRET',
    '    3. Set POLAR_SERVER=sandbox in .env and run this command again',
  ]
}

/** Polar and WebCrypto both refuse plain http on any other host than this computer. */
function networkSteps(network: string): readonly string[] {
  return [
    '',
    `  A phone can open ${network}, but signing in there needs https:`,
    '    1. Point an https tunnel at this port',
    '    2. Run this command again with APP_ORIGIN=https://<name of the tunnel>',
  ]
}

function farEmulatorSteps(emulator: string): readonly string[] {
  return [
    '',
    `  The consent page is at ${emulator}, which your browser must reach:`,
    `    forward port ${new URL(emulator).port} to it, or use the real Polar.`,
  ]
}

function isLocal(origin: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(origin).hostname)
}

/** The server in the words of the block. */
export function polarName(server: string | undefined): string {
  if (server === undefined || server === 'production') return 'polar.sh (LIVE DATA)'
  return server === 'sandbox' ? 'sandbox.polar.sh' : server
}
