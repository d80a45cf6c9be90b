/** What the dev command prints last: where to go, and how to leave for the real Polar. */

export interface ReadyBlock {
  readonly seconds: number
  readonly app: string
  /** Absent with the real Polar. */
  readonly emulator?: string
  /** `emulator`, `sandbox.polar.sh`, `polar.sh (LIVE DATA)`, or another server's origin. */
  readonly polar: string
}

export function readyBlock({ seconds, app, emulator, polar }: ReadyBlock): string {
  const lines = [
    '',
    `  Polar Connect   ready in ${seconds.toFixed(1)} s`,
    '',
    `  App        ${app.padEnd(30)} <- open this`,
  ]
  const checks = `  Checks     ${app}/diagnostics`
  if (emulator === undefined) {
    lines.push(checks, '', `  Polar      ${polar}`)
  } else {
    lines.push(
      `  Emulator   ${emulator.padEnd(30)} clock, faults, request log`,
      checks,
      '',
      '  Polar      emulator (fake data, no account needed)',
      '',
      ...realPolarSteps(app),
    )
  }
  return [...lines, '', '  Press Ctrl+C to stop', ''].join('\n')
}

/** The way from the emulator to Polar itself, for an app at `app`. */
export function realPolarSteps(app: string): string[] {
  return [
    '  Use the real Polar in 3 steps',
    '    1. Create an OAuth client (confidential) at',
    '       https://sandbox.polar.sh/dashboard/account/developer#oauth',
    `       Redirect URI:  ${app}/auth/callback`,
    '    2. cp .env.example .env   and fill POLAR_CLIENT_ID, POLAR_CLIENT_SECRET',
    '    3. Set POLAR_SERVER=sandbox in .env and run this command again',
  ]
}

/** The server in the words of the block. */
export function polarName(server: string | undefined): string {
  if (server === undefined || server === 'production') return 'polar.sh (LIVE DATA)'
  return server === 'sandbox' ? 'sandbox.polar.sh' : server
}
