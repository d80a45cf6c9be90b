import { describe, expect, it } from 'vitest'
import { polarName, readyBlock } from './ready-block.ts'

describe('the ready block', () => {
  const app = 'http://localhost:5173'
  const emulator = 'http://127.0.0.1:4567'

  it('leads from the emulator to the real Polar in three steps', () => {
    expect(readyBlock({ seconds: 1.94, app, emulator, polar: 'unused' })).toBe(`
  Polar Connect   ready in 1.9 s

  App        http://localhost:5173          <- open this
  Emulator   http://127.0.0.1:4567          clock, faults, request log
  Checks     http://localhost:5173/diagnostics
  Polar      emulator (fake data, no account needed)

  Use the real Polar in 3 steps
    1. Create an OAuth client (confidential) at
       https://sandbox.polar.sh/dashboard/account/developer#oauth
       Redirect URI:  http://localhost:5173/auth/callback
    2. cp .env.example .env   and fill POLAR_CLIENT_ID, POLAR_CLIENT_SECRET
    3. Set POLAR_SERVER=sandbox in .env and run this command again

  Press Ctrl+C to stop
`)
  })

  it('warns of live data, and names no emulator with the real Polar', () => {
    const block = readyBlock({ seconds: 1, app, polar: polarName(undefined) })
    expect(block).toContain('  Polar      polar.sh (LIVE DATA)')
    expect(block).not.toContain('Emulator')
    expect(block).toContain('  Checks     http://localhost:5173/diagnostics')
    expect(polarName('sandbox')).toBe('sandbox.polar.sh')
  })

  it('says what a phone needs, when the page is open to the network', () => {
    const network = 'http://192.168.1.20:5173'
    const block = readyBlock({ seconds: 1, app, emulator, polar: '', network })
    expect(block).toContain(`A phone can open ${network}, but signing in there needs https`)
    expect(block).toContain('APP_ORIGIN=https://')
  })

  it('says that a browser elsewhere must reach the emulator', () => {
    const far = 'https://3000-name.preview.example'
    expect(readyBlock({ seconds: 1, app: far, emulator, polar: '' })).toContain(
      'forward port 4567 to it, or use the real Polar',
    )
    expect(readyBlock({ seconds: 1, app, emulator, polar: '' })).not.toContain('forward port')
  })
})
